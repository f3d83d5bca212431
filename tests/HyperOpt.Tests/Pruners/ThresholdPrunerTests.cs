using HyperOpt.Pruners;
using HyperOpt.Tests.Contracts;
using Xunit;
using static HyperOpt.Tests.Contracts.PrunerCases;

namespace HyperOpt.Tests.Pruners;

public class ThresholdPrunerTests : PrunerContract
{
    [Theory]
    [InlineData(-0.1, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(1.1, true)]
    [InlineData(double.NaN, true)]
    public void ALossOutsideOfItsBoundsIsPruned(double loss, bool isPruned) =>
        Assert.Equal(isPruned, Prunes(new ThresholdPruner { MinLoss = 0, MaxLoss = 1 }, loss));

    [Theory]
    [InlineData(0.49, true)]
    [InlineData(0.5, false)]
    [InlineData(0.9, false)]
    [InlineData(0.91, true)]
    [InlineData(double.NaN, true)]
    public void AScoreOutsideOfItsBoundsIsPruned(double score, bool isPruned) =>
        Assert.Equal(isPruned, Prunes(new ThresholdPruner { MinScore = 0.5, MaxScore = 0.9 }, -score)); // maximizing folds it to a loss

    [Theory]
    [InlineData(double.NegativeInfinity, false)]
    [InlineData(double.PositiveInfinity, false)]
    [InlineData(double.NaN, true)]
    public void WithoutABoundOnlyNaNIsPruned(double loss, bool isPruned) =>
        Assert.Equal(isPruned, Prunes(new ThresholdPruner(), loss));

    [Fact]
    public void TheBoundsReadBackAsTheyWereSet()
    {
        var losses = new ThresholdPruner { MinLoss = -2, MaxLoss = 3 };
        var scores = new ThresholdPruner { MaxScore = 0.9, MinScore = 0.5 };
        Assert.Equal((-2, 3), (losses.MinLoss, losses.MaxLoss));
        Assert.Equal((0.5, 0.9), (scores.MinScore, scores.MaxScore));
    }

    [Fact]
    public void OnlyTheReportOfTheLargestStepIsJudged()
    {
        var pruner = new ThresholdPruner { MaxLoss = 1 };
        Assert.False(pruner.ShouldPrune(Running((0, 5), (1, 0.5)), History()));
        Assert.True(pruner.ShouldPrune(Running((1, 5), (0, 0.5)), History()));
    }

    [Fact]
    public void TheWarmupStepsAndTheRestOfAnIntervalAreLetPass()
    {
        var pruner = new ThresholdPruner { MaxLoss = 1, WarmupSteps = 2, IntervalSteps = 3 };
        var diverged = Running(Enumerable.Range(0, 10).Select(step => (step, 9d)));
        var pruned = AfterEachReport(diverged).Where(trial => pruner.ShouldPrune(trial, History())).Select(trial => trial.Curve.Steps[^1]);
        Assert.Equal([2, 5, 8], pruned);
    }

    [Fact]
    public void BoundsThatCrossAreRefused()
    {
        var error = Assert.Throws<ArgumentException>(() => new ThresholdPruner { MinScore = 0.9, MaxScore = 0.5 });
        Assert.StartsWith(
            "MinScore <= MaxScore must hold, but got MinScore=0.9, MaxScore=0.5. Correct one.", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new ThresholdPruner { MaxLoss = double.NaN });
    }

    [Fact]
    public void ABoundOnALossBesideABoundOnAScoreIsRefused()
    {
        Assert.Throws<InvalidOperationException>(() => new ThresholdPruner { MaxLoss = 10, MinScore = 0.5 });
        Assert.Throws<InvalidOperationException>(() => new ThresholdPruner { MinScore = 0.5, MinLoss = 0 });
    }

    protected override IPruner CreatePruner() => new ThresholdPruner { MaxLoss = 1 };

    private static bool Prunes(ThresholdPruner pruner, double loss) => pruner.ShouldPrune(Running((0, loss)), History());
}
