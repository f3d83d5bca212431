using HyperOpt.Pruners;
using HyperOpt.Tests.Contracts;
using Xunit;
using static HyperOpt.Tests.Contracts.PrunerCases;
using static HyperOpt.Trials.TrialState;

namespace HyperOpt.Tests.Pruners;

public class MedianPrunerTests : RelativePrunerContract
{
    [Fact]
    public void TheDefaultsAreThoseOfOptuna()
    {
        var pruner = new MedianPruner();
        Assert.Equal((5, 0, 1, 1), (pruner.StartupTrials, pruner.WarmupSteps, pruner.IntervalSteps, pruner.MinTrials));
    }

    [Fact]
    public void ATrialWorseThanTheMedianIsPrunedAndOneEqualToItIsNot()
    {
        var history = History(new[] { 1d, 2, 4, 8, 16 }.Select((loss, i) => Trial(i, Completed, (3, loss))));
        Assert.True(new MedianPruner().ShouldPrune(Running((3, 4.001)), history));
        Assert.False(new MedianPruner().ShouldPrune(Running((3, 4)), history));
    }

    [Fact]
    public void TheMedianOfAnEvenNumberLiesHalfwayBetweenTheMiddleTwo()
    {
        var history = History(new[] { 10d, 1, 2, 4 }.Select((loss, i) => Trial(i, Completed, (0, loss))));
        var pruner = new MedianPruner { StartupTrials = 0 };
        Assert.False(pruner.ShouldPrune(Running((0, 3)), history));
        Assert.True(pruner.ShouldPrune(Running((0, 3.001)), history));
    }

    [Fact]
    public void ItDecidesAsThePercentilePrunerOf50WithTheSameSettings()
    {
        var median = new MedianPruner { StartupTrials = 30, WarmupSteps = 3, IntervalSteps = 2, MinTrials = 4 };
        var percentile = new PercentilePruner { Percentile = 50, StartupTrials = 30, WarmupSteps = 3, IntervalSteps = 2, MinTrials = 4 };
        var history = Enough();
        var answers = UnderWay(40, 8).SelectMany(AfterEachReport).Select(trial => median.ShouldPrune(trial, history)).ToArray();
        Assert.Equal(UnderWay(40, 8).SelectMany(AfterEachReport).Select(trial => percentile.ShouldPrune(trial, history)), answers);
        Assert.Contains(true, answers);
    }

    protected override IPruner CreatePruner() => new MedianPruner();
}
