using HyperOpt.Pruners;
using HyperOpt.Tests.Contracts;
using Xunit;

namespace HyperOpt.Tests.Pruners;

public class OptunaDecisionTests
{
    [Theory]
    [InlineData("percentile", 1_000)]
    [InlineData("median", 600)]
    [InlineData("patient", 600)]
    [InlineData("threshold", 400)]
    public void EveryDecisionIsOptunas(string pruner, int decisionsAtLeast)
    {
        var judged = GoldenCase.All.Where(each => each.Pruner == pruner).Select(each => (Case: each, Ours: Decide(each))).ToArray();
        Assert.Empty(judged
            .Where(each => each.Ours != each.Case.Decisions)
            .Select(each => $"line {each.Case.Line}: {each.Ours}, not {each.Case.Decisions}"));
        var decisions = judged.SelectMany(each => each.Case.Decisions).ToArray();
        Assert.True(decisions.Count(each => each is '0' or '1') >= decisionsAtLeast);
        Assert.True(decisions.Count(each => each is '1') >= 50);
    }

    // Left out are the decisions that stand as i in the data: HyperOpt differs there on purpose (see PercentilePruner).
    private static string Decide(GoldenCase golden)
    {
        var pruner = Create(golden);
        var history = PrunerCases.History(golden.Others);
        return string.Concat(PrunerCases.AfterEachReport(golden.Trial).Select((trial, at) =>
            golden.Decisions[at] == 'i' ? 'i' : pruner.ShouldPrune(trial, history) ? '1' : '0'));
    }

    private static IPruner Create(GoldenCase golden) => golden.Pruner switch
    {
        "percentile" => new PercentilePruner
        {
            Percentile = golden.Setting("percentile"),
            StartupTrials = golden.Whole("startup"),
            WarmupSteps = golden.Whole("warmup"),
            IntervalSteps = golden.Whole("interval"),
            MinTrials = golden.Whole("min"),
        },
        "median" => new MedianPruner
        {
            StartupTrials = golden.Whole("startup"),
            WarmupSteps = golden.Whole("warmup"),
            IntervalSteps = golden.Whole("interval"),
            MinTrials = golden.Whole("min"),
        },
        "patient" => new PatientPruner(golden.Whole("wrapped") == 1 ? new MedianPruner { StartupTrials = 0 } : null)
        {
            Patience = golden.Whole("patience"),
            MinDelta = golden.Setting("delta"),
        },
        _ => Threshold(golden),
    };

    private static ThresholdPruner Threshold(GoldenCase golden)
    {
        var lower = golden.Setting("lower", double.NegativeInfinity);
        var upper = golden.Setting("upper", double.PositiveInfinity);
        var schedule = new ThresholdPruner { WarmupSteps = golden.Whole("warmup"), IntervalSteps = golden.Whole("interval") };
        return golden.Maximizes
            ? schedule with { MinScore = lower, MaxScore = upper }
            : schedule with { MinLoss = lower, MaxLoss = upper };
    }
}
