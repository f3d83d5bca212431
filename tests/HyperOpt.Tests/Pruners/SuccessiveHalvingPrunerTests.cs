using HyperOpt.Pruners;
using HyperOpt.Tests.Contracts;
using HyperOpt.Trials;
using Xunit;
using static HyperOpt.Tests.Contracts.PrunerCases;

namespace HyperOpt.Tests.Pruners;

public sealed class SuccessiveHalvingPrunerTests : RelativePrunerContract
{
    [Fact]
    public void WithoutASettingTheFirstRungIsAHundredthOfTheFirstCompletedTrial()
    {
        var pruner = new SuccessiveHalvingPruner { ReductionFactor = 2 };
        var others = History(
            Trial(0, TrialState.Pruned, (0, 1), (2, 0)), Trial(1, TrialState.Completed, (0, 1), (299, 0)), Trial(2, TrialState.Completed, (0, 1), (999, 0)));
        Assert.False(pruner.ShouldPrune(Running((1, 9)), others));
        Assert.True(pruner.ShouldPrune(Running((1, 9), (2, 9)), others));
        Assert.False(pruner.ShouldPrune(Running((1, 9), (2, 9)), History(others.Finished[0])));
    }

    [Fact]
    public void ARungIsJudgedOnceThoughStepsAreLeftOut()
    {
        var pruner = new SuccessiveHalvingPruner { MinResource = 1, ReductionFactor = 2 };
        var others = History(Trial(0, TrialState.Pruned, (3, 1)), Trial(1, TrialState.Pruned, (1, 1)));
        var decision = pruner.Judge(Running((0, 0), (3, 2)), others)!;
        Assert.Equal((0, 3, 1, 2), ((int)decision.Figures["rung"], (int)decision.Figures["reached"], (int)decision.Figures["kept"], (int)decision.Figures["better"]));
        Assert.False(pruner.ShouldPrune(Running((3, 0), (2, 99)), others));
    }

    [Fact]
    public void RungsBeyondAllStepsAreNeverReached() =>
        Assert.False(new SuccessiveHalvingPruner { MinResource = 1_000_000, MinEarlyStoppingRate = 60 }.ShouldPrune(Running((int.MaxValue, 1)), History()));

    protected override IPruner CreatePruner() => new SuccessiveHalvingPruner { MinResource = 1, ReductionFactor = 2 };
}
