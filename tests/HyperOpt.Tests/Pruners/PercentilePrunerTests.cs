using HyperOpt.Pruners;
using HyperOpt.Tests.Contracts;
using HyperOpt.Tests.Support;
using HyperOpt.Trials;
using Xunit;
using static HyperOpt.Tests.Contracts.PrunerCases;
using static HyperOpt.Trials.TrialState;

namespace HyperOpt.Tests.Pruners;

public class PercentilePrunerTests : RelativePrunerContract
{
    private static readonly PercentilePruner Quarter = new() { Percentile = 25, StartupTrials = 0 };

    [Fact]
    public void NothingIsPrunedBeforeTheStartupTrialsHaveCompleted()
    {
        var pruner = Quarter with { StartupTrials = 3 };
        Observation[] others =
            [Trial(0, Completed, (0, 1)), Trial(1, Pruned, (0, 1)), Trial(2, Failed, (0, 1)), Trial(3, Completed, (0, 1))];
        Assert.False(pruner.ShouldPrune(Running((0, 9)), History(others)));
        Assert.False(pruner.ShouldPrune(Running((0, double.NaN)), History(others)));
        Assert.True(pruner.ShouldPrune(Running((0, 9)), History([.. others, Trial(4, Completed)])));
    }

    [Fact]
    public void OnlyCompletedTrialsAreComparedWith()
    {
        var others = History(Trial(0, Completed, (0, 5)), Trial(1, Pruned, (0, 1)), Trial(2, Failed, (0, 1)), Trial(3, Pruned, (0, 1)));
        Assert.False(Quarter.ShouldPrune(Running((0, 5)), others));
        Assert.True(Quarter.ShouldPrune(Running((0, 5.1)), others));
    }

    [Fact]
    public void TheBestSoFarIsComparedNotTheLatest()
    {
        var others = History(Trial(0, Completed, (0, 9), (1, 2)));
        Assert.False(Quarter.ShouldPrune(Running((0, 1), (1, 7)), others));
        Assert.True(Quarter.ShouldPrune(Running((0, 3), (1, 7)), others));
    }

    [Fact]
    public void ATrialOfNothingButNaNIsPrunedIfOnlyOneTrialCompleted()
    {
        Assert.True(Quarter.ShouldPrune(Running((0, double.NaN)), History(Trial(0, Completed))));
        Assert.False(Quarter.ShouldPrune(Running((0, double.NaN)), History()));
    }

    [Fact]
    public void TheNaNOfOthersIsPassedOverButCountsAsAReport()
    {
        var others = History(Trial(0, Completed, (0, double.NaN)), Trial(1, Completed, (0, double.NaN)), Trial(2, Completed, (0, 1)));
        Assert.True((Quarter with { MinTrials = 3 }).ShouldPrune(Running((0, 2)), others));
        Assert.False((Quarter with { MinTrials = 4 }).ShouldPrune(Running((0, 2)), others));
    }

    [Fact]
    public void AStepThatNobodyElseReportedPrunesNobody() =>
        Assert.False(Quarter.ShouldPrune(Running((4, 100)), History(Trial(0, Completed, (3, 1), (5, 1)))));

    [Fact]
    public void TheWarmupStepsAndTheRestOfAnIntervalAreLetPass()
    {
        var others = History(Trial(0, Completed, Enumerable.Range(0, Steps).Select(step => (step, 0d))));
        var pruner = Quarter with { WarmupSteps = 4, IntervalSteps = 5 };
        var worse = Running(Enumerable.Range(0, Steps / 2).Select(i => (2 * i, 1d)));
        var pruned = AfterEachReport(worse).Where(trial => pruner.ShouldPrune(trial, others)).Select(trial => trial.Curve.Steps[^1]);
        Assert.Equal([4, 10, 14], pruned);
    }

    [Fact]
    public void OneDivergedTrialDoesNotDisarmThePercentileOfTheOthers()
    {
        var others = History(Trial(0, Completed, (0, 1)), Trial(1, Completed, (0, 2)), Trial(2, Completed, (0, double.PositiveInfinity)));
        Assert.True((Quarter with { Percentile = 50 }).ShouldPrune(Running((0, 3)), others)); // NumPy's median of (1, 2, inf) is NaN
    }

    [Fact]
    public void ADecisionAmongTenThousandTrialsAllocatesNothingThatGrowsWithThem()
    {
        var history = History(CompletedTrials(10_000));
        var trial = UnderWay(1, 4).Single();
        Quarter.ShouldPrune(trial, history);
        Assert.InRange(Allocation.Of(() => Quarter.ShouldPrune(trial, history)), 0, 2_048); // a decision, with its reason
    }

    protected override IPruner CreatePruner() => new PercentilePruner { Percentile = 25 };
}
