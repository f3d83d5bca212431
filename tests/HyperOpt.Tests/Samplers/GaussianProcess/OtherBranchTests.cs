using HyperOpt.Numerics;
using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Samplers.GaussianProcess;

public sealed class OtherBranchTests
{
    private static readonly CategoricalParameter<string> Kind = Parameter.Categorical("kind", "a", "b", "c");
    private static readonly SearchSpace Kinds = [Kind, Parameter.Float("x", 0, 1), Parameter.Float("own", 0, 1).When(Kind, "b")];

    [Fact]
    public void OnceNothingIsWonEverySecondProposalIsInAnotherBranch()
    {
        var taken = new HashSet<string>();
        for (var seed = 1UL; seed <= 12; seed++)
        {
            var proposal = new GaussianProcessSampler().Propose(Kinds, Stalled(Kinds, 31), new Xoshiro256StarStar(seed));
            Assert.EndsWith(", in another branch: not the best trial's kind", proposal.Reason!.Strategy, StringComparison.Ordinal);
            taken.Add(Kind.FromUnit(proposal.Point[0]));
        }

        Assert.Equal(["b", "c"], taken.Order());
        Assert.DoesNotContain("another", StrategyAfter(Kinds, Stalled(Kinds, 30)), StringComparison.Ordinal);
    }

    [Fact]
    public void WhileSomethingIsWonItIsFree() =>
        Assert.DoesNotContain("another", StrategyAfter(Kinds, TrialHistory.Create(Kinds, Stalled(Kinds, 31).Finished.Select(trial => trial with
        {
            Losses = [trial.Number < 21 ? trial.Losses[0] : -0.1 * trial.Number],
        }))), StringComparison.Ordinal);

    [Fact]
    public void WhereEveryOtherBranchIsForbiddenTheyAreFree()
    {
        var space = Kinds.Require(values => values.Get(Kind) == "a");
        Assert.DoesNotContain("another", StrategyAfter(space, TrialHistory.Create(space, Stalled(Kinds, 41).Finished.Skip(10))), StringComparison.Ordinal);
    }

    [Fact]
    public void WhereTheLossesAreNoisyItIsFree()
    {
        var chance = new Xoshiro256StarStar(3);
        var noisy = TrialHistory.Create(Kinds, Stalled(Kinds, 31).Finished.Select(trial => trial with { Losses = [trial.Losses[0] + 0.3 * chance.NextDouble()] }));
        Assert.DoesNotContain("another", StrategyAfter(Kinds, noisy), StringComparison.Ordinal);
    }

    [Fact]
    public void ACategoryOnWhichNothingDependsIsNoBranch()
    {
        SearchSpace space = [Kind, Parameter.Float("x", 0, 1), Parameter.Float("own", 0, 1)];
        Assert.DoesNotContain("another", StrategyAfter(space, Stalled(space, 31)), StringComparison.Ordinal);
    }

    private static string StrategyAfter(SearchSpace space, TrialHistory history) =>
        new GaussianProcessSampler().Propose(space, history, new Xoshiro256StarStar(1)).Reason!.Strategy;

    // Ten trials all over the space, and then ever nearer to the bottom of the first kind.
    private static TrialHistory Stalled(SearchSpace space, int count) => TrialHistory.Create(space, Enumerable.Range(0, count).Select(number =>
    {
        var random = new Xoshiro256StarStar((ulong)number);
        var (kind, x) = number < 10 ? (random.NextDouble(), random.NextDouble()) : (1 / 6.0, 0.4 + 0.2 * Math.Pow(0.5, number - 9) * (number % 2 == 0 ? 1 : -1));
        return new Observation { Number = number, State = TrialState.Completed, Point = space.Normalize([kind, x, 0.7]), Losses = [Math.Abs(kind - 1 / 6.0) + 4 * (x - 0.4) * (x - 0.4)] };
    }));
}
