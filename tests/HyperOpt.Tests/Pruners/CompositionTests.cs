using HyperOpt.Pruners;
using HyperOpt.Tests.Contracts;
using HyperOpt.Trials;
using Xunit;
using static HyperOpt.Tests.Contracts.PrunerCases;

namespace HyperOpt.Tests.Pruners;

public sealed class CompositionTests : PrunerContract
{
    private static readonly IPruner Above5 = new ThresholdPruner { MaxLoss = 5 };
    private static readonly IPruner Above9 = new ThresholdPruner { MaxLoss = 9 };
    private static readonly IPruner Never = new NopPruner();

    [Fact]
    public void EitherOrBoth()
    {
        Assert.True(Above5.Or(Never).ShouldPrune(Running((0, 6)), History()));
        Assert.True(Never.Or(Above5).ShouldPrune(Running((0, 6)), History()));
        Assert.False(Above5.And(Above9).ShouldPrune(Running((0, 6)), History()));
        Assert.True(Above5.And(Above9).ShouldPrune(Running((0, 10)), History()));
    }

    [Fact]
    public void ADecisionOfBothNamesBothRulesAndItsFigures()
    {
        var both = Above5.And(new EarlyDiscardingPruner { Keep = 1 });
        var decision = both.Judge(Running((0, 6)), History(Trial(0, TrialState.Pruned, (0, 1))))!;
        Assert.Equal("ThresholdPruner and EarlyDiscardingPruner", decision.Rule);
        Assert.Equal((5, 1), (decision.Figures["high"], decision.Figures["better"]));
        Assert.Contains("; and ", decision.Reason, StringComparison.Ordinal);
        Assert.Equal("ThresholdPruner", Above5.Or(both).Judge(Running((0, 6)), History())!.Rule);
    }

    [Fact]
    public void PatienceAsksOnlyAboutTrialsThatGotWorse()
    {
        var patient = Above5.WithPatience(1);
        Assert.False(patient.ShouldPrune(Running((0, 9), (1, 8), (2, 7)), History()));
        Assert.True(patient.ShouldPrune(Running((0, 6), (1, 8), (2, 7)), History()));
    }

    [Fact]
    public void WarmupAsksOnlyFromAStepAndANumberOfCompletedTrialsOn()
    {
        var warm = Above5.WithWarmup(steps: 2, trials: 1);
        var one = History(Trial(0, TrialState.Completed, (0, 1)));
        Assert.False(warm.ShouldPrune(Running((1, 9)), one));
        Assert.False(warm.ShouldPrune(Running((2, 9)), History(Trial(0, TrialState.Pruned, (0, 1)))));
        Assert.True(warm.ShouldPrune(Running((2, 9)), one));
    }

    [Fact]
    public void CompositionsAreValues()
    {
        Assert.Equal(Above5.Or(Above9).WithWarmup(2), Above5.Or(Above9).WithWarmup(2));
        Assert.NotEqual(Above5.Or(Above9), Above9.Or(Above5));
    }

    protected override IPruner CreatePruner() =>
        new MedianPruner().And(new SuccessiveHalvingPruner { MinResource = 1 }).Or(new ThresholdPruner { MaxLoss = 3 }).WithPatience(1).WithWarmup(1, 1);
}
