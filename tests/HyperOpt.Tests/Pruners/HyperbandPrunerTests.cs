using HyperOpt.Pruners;
using HyperOpt.Tests.Contracts;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Pruners;

public sealed class HyperbandPrunerTests : RelativePrunerContract
{
    /// <remarks>By Hyperband's table for R = 81, η = 3: brackets of 81, 34, 15, 8, 5 trials (Li et al. 2018).</remarks>
    [Theory]
    [InlineData(1, 81, 3, new long[] { 81, 34, 15, 8, 5 })]
    [InlineData(1, 80, 3, new long[] { 27, 12, 6, 4 })]
    [InlineData(5, 4, 3, new long[] { 1 })]
    public void BracketsGetTheSharesOfHyperband(int first, int last, int factor, long[] shares) =>
        Assert.Equal(shares, new HyperbandPruner { MinResource = first, ReductionFactor = factor }.Shares(last));

    /// <remarks>χ² with 3 degrees of freedom is above 28 once in 250,000 draws; the hash is fixed.</remarks>
    [Fact]
    public void TrialsAreSpreadOverBracketsByTheirSharesWhateverTheSeed()
    {
        var pruner = new HyperbandPruner { MaxResource = 27 };
        foreach (var seed in new ulong[] { 0, 1, 77 })
        {
            var counts = new double[4];
            for (var number = 0; number < 4_900; number++)
            {
                counts[Bracket(pruner, seed, number)]++;
            }

            double[] expected = [2_700, 1_200, 600, 400];
            Assert.InRange(counts.Zip(expected, (count, mean) => (count - mean) * (count - mean) / mean).Sum(), 0, 28);
        }
    }

    protected override IPruner CreatePruner() => new HyperbandPruner();

    // Given up at every rung, so at the first of its bracket.
    private static int Bracket(HyperbandPruner pruner, ulong seed, int number)
    {
        var history = TrialHistory.Create(HyperOpt.Spaces.SearchSpace.Empty, [], seed: seed);
        var strict = pruner with { BootstrapTrials = 1 };
        for (var (bracket, step) = (0, 1); ; bracket++, step *= 3)
        {
            if (strict.ShouldPrune(PrunerCases.Trial(number, TrialState.Running, (step, 1)), history))
            {
                return bracket;
            }
        }
    }
}
