using HyperOpt.Pruners;
using HyperOpt.Spaces;
using HyperOpt.Tests.Contracts;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Pruners;

public class SeveralObjectivesTests
{
    public static TheoryData<IPruner> OfOneObjective { get; } =
    [
        new MedianPruner(),
        new PercentilePruner { Percentile = 25 },
        new ThresholdPruner { MaxLoss = 1 },
        new PatientPruner { Patience = 1 },
        new SuccessiveHalvingPruner(),
        new HyperbandPruner(),
        new EarlyDiscardingPruner(),
        new WilcoxonPruner(),
    ];

    [Theory]
    [MemberData(nameof(OfOneObjective), DisableDiscoveryEnumeration = true)]
    public void APrunerOfOneObjectiveRefusesAStudyOfSeveralAndSaysWhatToDo(IPruner pruner)
    {
        var history = TrialHistory.Create(SearchSpace.Empty, [], objectives: 2);
        var error = Assert.Throws<InvalidOperationException>(() => pruner.ShouldPrune(PrunerCases.Running((0, 1)), history));
        Assert.Contains("by one objective, but this study has 2. Use CurvePruner", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void APrunerOfNoneAndAFunctionTakeThem()
    {
        var history = TrialHistory.Create(SearchSpace.Empty, [], objectives: 2);
        Assert.False(new NopPruner().ShouldPrune(PrunerCases.Running((0, 1)), history));
        Assert.True(Pruner.From((_, _) => true).ShouldPrune(PrunerCases.Running((0, 1)), history));
    }
}
