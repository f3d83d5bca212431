using HyperOpt.Samplers;
using HyperOpt.Spaces;
using Xunit;

namespace HyperOpt.Tests.Samplers;

/// <summary>Large grids: what a trial costs, and where counting ends.</summary>
public sealed class GridSizeTests
{
    [Fact]
    public async Task MoreCombinationsThanCanBeCountedAreAnErrorThatSaysSo()
    {
        SearchSpace space = [Parameter.Int("a", int.MinValue, int.MaxValue), Parameter.Int("b", int.MinValue, int.MaxValue)];
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => GridRun.Create(space).RunAsync());
        Assert.Contains("fewer than 2^63 combinations", error.Message, StringComparison.Ordinal);
        Assert.Contains("a: int", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AsManyAsCanBeCountedAreTriedInPart()
    {
        SearchSpace space = [Parameter.Int("a", int.MinValue, int.MaxValue), Parameter.Int("b", 0, int.MaxValue - 1)];
        var study = GridRun.Create(space);
        await study.RunAsync(new RunOptions { Trials = 1_000 });
        Assert.Equal(1_000, study.Trials.Select(trial => trial.Parameters.ToString()).Distinct().Count());
    }

    /// <summary>Of 100,000 combinations half are feasible: each is looked at once, and then a trial costs the same at any time.</summary>
    [Fact]
    public async Task ATrialCostsNoMoreLookingThanTheFirstAmongInfeasibleCombinations()
    {
        var looks = 0;
        var (a, b) = (Parameter.Int("a", 1, 100), Parameter.Int("b", 1, 1_000));
        var study = GridRun.Create(SearchSpace.Create(a, b).Require(v => Interlocked.Increment(ref looks) > 0 && (v.Get(a) + v.Get(b)) % 2 == 0));
        await study.RunAsync(new RunOptions { Trials = 1 });
        Assert.InRange(looks, 100_000, 210_000); // the grid's own count, and the study's
        for (var block = 0; block < 4; block++)
        {
            looks = 0;
            await study.RunAsync(new RunOptions { Trials = 1_000 });
            Assert.InRange(looks, 1_000, 4_000);
        }
    }

    /// <summary>The same where the combinations are too many to look at each.</summary>
    [Fact]
    public async Task NorAmongTooManyToLookAtEach()
    {
        var looks = 0;
        var x = Enumerable.Range(0, 4).Select(axis => Parameter.Float($"x{axis}", 0, 1)).ToArray();
        var space = SearchSpace.Create(x).Require(v => Interlocked.Increment(ref looks) > 0 && v.Get(x[0]) + v.Get(x[1]) + v.Get(x[2]) <= v.Get(x[3]) + 1);
        var study = GridRun.Create(space, new GridSampler { PointsPerAxis = 100 });
        for (var block = 0; block < 4; block++)
        {
            looks = 0;
            await study.RunAsync(new RunOptions { Trials = 500 });
            Assert.InRange(looks, 500, 500 * 8); // half are feasible: two looks of the grid and one of the study are expected
        }

        Assert.Equal(2_000, study.Trials.Select(trial => trial.Parameters.ToString()).Distinct().Count());
    }

    [Fact]
    public async Task WhereNoneOfTooManyIsFeasibleTheSearchForOneEnds()
    {
        var x = Enumerable.Range(0, 4).Select(axis => Parameter.Float($"x{axis}", 0, 1)).ToArray();
        var study = GridRun.Create(SearchSpace.Create(x).Require(v => v.Get(x[0]) > 2), new GridSampler { PointsPerAxis = 100 });
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => study.RunAsync());
        Assert.Contains("in a row break a hard constraint (v => v.Get(x[0]) > 2)", error.Message, StringComparison.Ordinal);
    }
}
