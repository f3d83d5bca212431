using HyperOpt.Pruners;
using HyperOpt.Spaces;
using HyperOpt.Storage;
using HyperOpt.Tests.Contracts;
using HyperOpt.Tests.Support;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Studies;

/// <summary>A trial that was pruned says by which rule, where, and by which figures.</summary>
public sealed class PruningAuditTests
{
    private static readonly FloatParameter X = Parameter.Float("x", 0, 1);

    [Fact]
    public void APrunedTrialHasItsDecisionAndNoOtherHas()
    {
        var study = Run(new StudyOptions { Space = [X], Pruner = new MedianPruner() });
        Assert.All(study.Trials, trial => Assert.Equal(trial.State == TrialState.Pruned, trial.Pruning is not null));
        var pruned = study.Trials.First(trial => trial.State == TrialState.Pruned);
        Assert.Equal(("MedianPruner", pruned.Reports[^1].Step), (pruned.Pruning!.Rule, pruned.Pruning.Step));
        Assert.Equal(pruned.Reports.Min(report => report.Values[0]), pruned.Pruning.Figures["best"]);
        Assert.StartsWith($"MedianPruner at step {pruned.Pruning.Step}: its best loss, ", pruned.Pruning.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ATrialThatNeverLooksCompletesWithoutOne()
    {
        var study = new Study(new StudyOptions { Space = [X], Pruner = Pruner.From((_, _) => true) });
        study.Optimize(trial =>
        {
            trial.Report(0, 1);
            return trial.Suggest(X);
        }, trials: 1);
        Assert.Equal((TrialState.Completed, null), (study.Trials[0].State, study.Trials[0].Pruning));
    }

    [Fact]
    public async Task TheDecisionIsKeptInAJournalAndThroughItsCompaction()
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, "study.journal");
        string[] expected;
        await using (var study = Run(new StudyOptions { Space = [X], Pruner = new CurvePruner(), Storage = new JournalStorage(path) }))
        {
            expected = [.. study.Trials.Select(trial => EventText.Of(trial.Pruning))];
        }

        Assert.Contains(expected, text => text.StartsWith("CurvePruner@", StringComparison.Ordinal));
        foreach (var compacts in new[] { false, true })
        {
            var storage = new JournalStorage(path);
            if (compacts)
            {
                await storage.CompactAsync(TestContext.Current.CancellationToken);
            }

            await using var again = new Study(new StudyOptions { Space = [X], Storage = storage });
            Assert.Equal(expected, again.Trials.Select(trial => EventText.Of(trial.Pruning)));
        }
    }

    [Fact]
    public async Task TheTableOfTrialsShowsTheRuleAndItsReason()
    {
        var study = Run(new StudyOptions { Space = [X], Pruner = new MedianPruner() });
        await using var text = new StringWriter();
        await TrialCsv.WriteAsync(study.Trials, text, TestContext.Current.CancellationToken);
        Assert.Contains("\"MedianPruner at step ", text.ToString(), StringComparison.Ordinal);
    }

    internal static Study Run(StudyOptions options, int trials = 40)
    {
        var study = new Study(options);
        study.Optimize(Loss, trials);
        return study;
    }

    private static double Loss(ITrial trial)
    {
        var floor = trial.Suggest(X);
        for (var step = 0; step < 10 && !trial.ShouldPrune; step++)
        {
            trial.Report(step, floor + 1.0 / (step + 1));
        }

        return floor + 0.1;
    }
}
