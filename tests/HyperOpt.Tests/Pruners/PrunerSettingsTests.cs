using HyperOpt.Pruners;
using Xunit;

namespace HyperOpt.Tests.Pruners;

public class PrunerSettingsTests
{
    public static TheoryData<string, Func<IPruner>> Refused { get; } = new()
    {
        { "StartupTrials >= 0", () => new MedianPruner { StartupTrials = -1 } },
        { "WarmupSteps >= 0", () => new MedianPruner { WarmupSteps = -1 } },
        { "IntervalSteps >= 1", () => new MedianPruner { IntervalSteps = 0 } },
        { "MinTrials >= 1", () => new MedianPruner { MinTrials = 0 } },
        { "0 <= Percentile <= 100", () => new PercentilePruner { Percentile = -0.1 } },
        { "0 <= Percentile <= 100", () => new PercentilePruner { Percentile = 100.1 } },
        { "0 <= Percentile <= 100", () => new PercentilePruner { Percentile = double.NaN } },
        { "WarmupSteps >= 0", () => new ThresholdPruner { WarmupSteps = -1 } },
        { "IntervalSteps >= 1", () => new ThresholdPruner { IntervalSteps = 0 } },
        { "Patience >= 0", () => new PatientPruner { Patience = -1 } },
        { "0 <= MinDelta <= ", () => new PatientPruner { Patience = 0, MinDelta = -1 } },
        { "0 <= MinDelta <= ", () => new PatientPruner { Patience = 0, MinDelta = double.NaN } },
        { "MinResource >= 1", () => new SuccessiveHalvingPruner { MinResource = 0 } },
        { "ReductionFactor >= 2", () => new SuccessiveHalvingPruner { ReductionFactor = 1 } },
        { "MinEarlyStoppingRate >= 0", () => new SuccessiveHalvingPruner { MinEarlyStoppingRate = -1 } },
        { "BootstrapTrials >= 0", () => new SuccessiveHalvingPruner { BootstrapTrials = -1 } },
        { "MinResource >= 1", () => new HyperbandPruner { MinResource = 0 } },
        { "MaxResource >= 1", () => new HyperbandPruner { MaxResource = 0 } },
        { "Reports >= 1", () => new EarlyDiscardingPruner { Reports = 0 } },
        { "Keep >= 1", () => new EarlyDiscardingPruner { Keep = 0 } },
        { "0 <= MaxPValue <= 1", () => new WilcoxonPruner { MaxPValue = 1.1 } },
        { "StartupSteps >= 0", () => new WilcoxonPruner { StartupSteps = -1 } },
        { "0 <= Risk <= 1", () => new CurvePruner { Risk = double.NaN } },
        { "StartupTrials >= 1", () => new CurvePruner { StartupTrials = 0 } },
        { "WarmupSteps >= 0", () => new CurvePruner { WarmupSteps = -1 } },
        { "steps >= 0", () => new NopPruner().WithWarmup(-1) },
        { "trials >= 0", () => new NopPruner().WithWarmup(0, -1) },
    };

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public void ASettingThatBreaksItsLawIsRefusedWhereItIsSet(string law, Func<IPruner> create) =>
        Assert.Contains(law, Assert.Throws<ArgumentOutOfRangeException>(create).Message, StringComparison.Ordinal);

    [Fact]
    public void TheBoundsThemselvesAreAllowed()
    {
        var least = new PercentilePruner { Percentile = 0, StartupTrials = 0, WarmupSteps = 0, IntervalSteps = 1, MinTrials = 1 };
        Assert.Equal(0, least.Percentile);
        Assert.Equal(100, new PercentilePruner { Percentile = 100 }.Percentile);
    }

    [Fact]
    public void APrunerIsAValue()
    {
        Assert.Equal(new MedianPruner { WarmupSteps = 3 }, new MedianPruner { WarmupSteps = 3 });
        Assert.NotEqual(new MedianPruner { WarmupSteps = 3 }, new MedianPruner());
        Assert.Contains("Percentile = 25", new PercentilePruner { Percentile = 25 }.ToString(), StringComparison.Ordinal);
    }
}
