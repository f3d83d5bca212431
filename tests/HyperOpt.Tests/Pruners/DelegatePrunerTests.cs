using HyperOpt.Pruners;
using HyperOpt.Tests.Contracts;
using Xunit;

namespace HyperOpt.Tests.Pruners;

public class DelegatePrunerTests : PrunerContract
{
    [Fact]
    public void TheFunctionGetsTheTrialAndTheHistoryAndItsAnswerStands()
    {
        var trial = PrunerCases.Running((0, 1));
        var history = PrunerCases.History();
        Assert.True(Pruner.From((t, h) => ReferenceEquals(t, trial) && ReferenceEquals(h, history)).ShouldPrune(trial, history));
        Assert.False(Pruner.From((_, _) => false).ShouldPrune(trial, history));
    }

    [Fact]
    public void NoFunctionIsRefused() => Assert.Throws<ArgumentNullException>(() => Pruner.From(null!));

    protected override IPruner CreatePruner() => Pruner.From((trial, history) => trial.Curve.Loss(0) > history.Count);
}
