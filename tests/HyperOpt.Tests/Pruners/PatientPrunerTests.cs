using HyperOpt.Pruners;
using HyperOpt.Tests.Contracts;
using Xunit;
using static HyperOpt.Tests.Contracts.PrunerCases;

namespace HyperOpt.Tests.Pruners;

public class PatientPrunerTests : RelativePrunerContract
{
    [Theory]
    [InlineData(0, 0, new[] { 0d, 1 }, new[] { 1 })]
    [InlineData(0, 0, new[] { 1d, 1, 0, 0 }, new int[0])]
    [InlineData(2, 0, new[] { 0d, 1, 2, 3, 4 }, new[] { 3, 4 })]
    [InlineData(2, 0, new[] { 0d, 1, 2, -1, 4, 5, 6 }, new[] { 6 })]
    [InlineData(1, 1, new[] { 0d, 1, 1, 1.5, 1.25, 3 }, new[] { 4, 5 })]
    [InlineData(int.MaxValue, 0, new[] { 0d, 1, 2, 3 }, new int[0])]
    public void ATrialWhoseLatestReportsAreAllWorseThanItsBestBeforeIsPruned(int patience, double minDelta, double[] losses, int[] pruned)
    {
        var pruner = new PatientPruner { Patience = patience, MinDelta = minDelta };
        var trial = Running(losses.Select((loss, step) => (step, loss)));
        Assert.Equal(pruned, AfterEachReport(trial).Where(at => pruner.ShouldPrune(at, History())).Select(at => at.Curve.Steps[^1]));
    }

    [Theory]
    [InlineData(double.NaN, double.NaN, 1, false)]
    [InlineData(1, 2, double.NaN, false)]
    [InlineData(double.NaN, 1, 2, true)]
    [InlineData(1, double.NaN, double.PositiveInfinity, true)]
    public void NaNIsPassedOverAndSparesATrialThatHasNothingElseToCompare(double first, double second, double third, bool isPruned) =>
        Assert.Equal(isPruned, new PatientPruner { Patience = 0 }.ShouldPrune(Running((0, first), (1, second), (2, third)), History()));

    [Fact]
    public void TheLatestReportsAreThoseOfTheLargestSteps()
    {
        var pruner = new PatientPruner { Patience = 1 };
        Assert.True(pruner.ShouldPrune(Running((9, 2), (8, 2), (1, 1), (0, 1)), History()));
        Assert.False(pruner.ShouldPrune(Running((9, 1), (8, 1), (1, 2), (0, 2)), History()));
    }

    [Fact]
    public void TheWrappedPrunerIsAskedOnlyWhenPatienceIsAtAnEnd()
    {
        var asked = new List<int>();
        var wrapped = Pruner.From((trial, _) =>
        {
            asked.Add(trial.Curve.Count);
            return trial.Curve.Count == 5;
        });
        var pruner = new PatientPruner(wrapped) { Patience = 1 };
        var recovers = Running((0, 1), (1, 2), (2, 3), (3, 0), (4, 9), (5, 9));
        var answers = AfterEachReport(recovers).Select(trial => pruner.ShouldPrune(trial, History()));
        Assert.Equal([false, false, false, false, false, false], answers);
        Assert.Equal([3, 6], asked);
        Assert.True(pruner.ShouldPrune(Running((0, 1), (1, 2), (2, 3), (3, 4), (4, 9)), History()));
    }

    protected override IPruner CreatePruner() => new PatientPruner(new MedianPruner()) { Patience = 1 };
}
