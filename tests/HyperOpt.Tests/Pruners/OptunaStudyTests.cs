using HyperOpt.Pruners;
using HyperOpt.Tests.Contracts;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Pruners;

/// <summary>Whole studies, trial after trial, in which Optuna's pruners decided: ours decide alike, report for report.</summary>
public sealed class OptunaStudyTests
{
    [Theory]
    [InlineData("halving", 400)]
    [InlineData("hyperband", 400)]
    [InlineData("wilcoxon", 90)]
    public void EveryTrialIsPrunedWhereOptunaPrunedIt(string pruner, int prunedAtLeast)
    {
        var studies = GoldenStudy.All.Where(study => study.Pruner == pruner).ToArray();
        Assert.Empty(studies.Select(study => (Study: study, Ours: Replay(study)))
            .Where(each => !each.Ours.SequenceEqual(each.Study.Fates))
            .Select(each => $"line {each.Study.Line}: {string.Join(' ', each.Ours)}, not {string.Join(' ', each.Study.Fates)}"));
        Assert.True(studies.Sum(study => study.Fates.Count(fate => fate >= 0)) >= prunedAtLeast);
        Assert.True(studies.Sum(study => study.Fates.Count(fate => fate < 0)) >= prunedAtLeast / 4);
    }

    // Each trial goes as far as Optuna let it, so that one that differs does not make others differ.
    private static int[] Replay(GoldenStudy study)
    {
        var finished = new List<Observation>();
        var ours = new int[study.Curves.Length];
        for (var number = 0; number < ours.Length; number++)
        {
            var history = PrunerCases.History(finished);
            var fate = study.Fates[number];
            var reports = fate < 0 ? study.Curves[number] : study.Curves[number][..(fate + 1)];
            ours[number] = -1;
            for (var count = 1; count <= reports.Length && ours[number] < 0; count++)
            {
                var trial = PrunerCases.Trial(number, TrialState.Running, reports.Take(count));
                ours[number] = Judge(study, trial, history) is null ? -1 : count - 1;
            }

            var ended = PrunerCases.Trial(number, fate < 0 ? TrialState.Completed : TrialState.Pruned, reports);
            finished.Add(fate < 0 && study.Pruner == "wilcoxon" ? ended with { Losses = [reports.Select(report => report.Loss).Where(double.IsFinite).Average()] } : ended);
        }

        return ours;
    }

    private static PruningDecision? Judge(GoldenStudy study, Observation trial, TrialHistory history) => study.Pruner switch
    {
        "halving" => new SuccessiveHalvingPruner
        {
            MinResource = study.Whole("min"),
            ReductionFactor = study.Whole("factor"),
            MinEarlyStoppingRate = study.Whole("rate"),
            BootstrapTrials = study.Whole("bootstrap"),
        }.Judge(trial, history),
        "hyperband" => Hyperband(study, trial, history),
        _ => new WilcoxonPruner { MaxPValue = study.Settings["p"], StartupSteps = study.Whole("startup") }.Judge(trial, history),
    };

    // In Optuna's brackets, which hang on the name of its study.
    private static PruningDecision? Hyperband(GoldenStudy study, Observation trial, TrialHistory history)
    {
        var pruner = new HyperbandPruner
        {
            MinResource = study.Whole("min"),
            MaxResource = study.Whole("max"),
            ReductionFactor = study.Whole("factor"),
            BootstrapTrials = study.Whole("bootstrap"),
        };
        return pruner.JudgeIn((int)study.Extras[trial.Number], trial, history, other => study.Extras[other.Number] == study.Extras[trial.Number]);
    }
}
