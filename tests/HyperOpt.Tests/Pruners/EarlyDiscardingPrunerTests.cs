using HyperOpt.Pruners;
using HyperOpt.Tests.Contracts;
using HyperOpt.Trials;
using Xunit;
using static HyperOpt.Tests.Contracts.PrunerCases;

namespace HyperOpt.Tests.Pruners;

public sealed class EarlyDiscardingPrunerTests : RelativePrunerContract
{
    private static readonly TrialHistory Others = History(
        Trial(0, TrialState.Completed, (0, 1), (1, 5)), Trial(1, TrialState.Pruned, (0, 2), (1, 6)), Trial(2, TrialState.Pruned, (0, 3)),
        Trial(3, TrialState.Failed, (0, double.NaN)));

    [Theory]
    [InlineData(2, false)]
    [InlineData(2.5, true)]
    [InlineData(double.NaN, true)]
    public void ATrialMustBeAmongTheBestAfterItsFirstReport(double loss, bool isPruned) =>
        Assert.Equal(isPruned, new EarlyDiscardingPruner { Keep = 2 }.ShouldPrune(Running((0, loss)), Others));

    [Fact]
    public void ItIsJudgedOnceByTheReportsThatThereAreThen()
    {
        var pruner = new EarlyDiscardingPruner { Reports = 2, Keep = 1 };
        Assert.False(pruner.ShouldPrune(Running((0, 9)), Others));
        Assert.True(pruner.ShouldPrune(Running((0, 0), (1, 5.5)), Others));
        Assert.False(pruner.ShouldPrune(Running((0, 0), (1, 4), (2, 99)), Others));
    }

    protected override IPruner CreatePruner() => new EarlyDiscardingPruner();
}
