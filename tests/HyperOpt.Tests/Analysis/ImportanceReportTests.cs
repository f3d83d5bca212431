using HyperOpt.Analysis;
using HyperOpt.Pruners;
using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Analysis;

public sealed class ImportanceReportTests
{
    private static readonly FloatParameter X = Parameter.Float("x", 0, 1);
    private static readonly FloatParameter Y = Parameter.Float("y", 0, 1);
    private static readonly FloatParameter Idle = Parameter.Float("idle", 0, 1);

    public static TheoryData<ImportanceEvaluator> Evaluators() => [new GaussianProcessImportance(), new ForestImportance(), new ImpurityImportance(), new PedAnovaImportance()];

    [Theory]
    [MemberData(nameof(Evaluators))]
    public void EveryEvaluatorKnowsWhatMattersAndWhatDoesNot(ImportanceEvaluator evaluator)
    {
        using var study = Study(trial => 3 * trial.Suggest(X) + trial.Suggest(Y) + 0 * trial.Suggest(Idle), 150);
        var report = study.Importance(new ImportanceOptions { Evaluator = evaluator });
        Assert.Equal(["x", "y", "idle"], report.Parameters.Select(importance => importance.Parameter.Name));
        Assert.InRange(report.Of(Idle).Total, 0, 0.07);
        Assert.InRange(report.Of(X).Total, 0.7, 1);
        Assert.All(report.Parameters, importance => Assert.InRange(importance.First, 0, importance.Total + 0.02));
        Assert.Equal(150, report.Trials);
        Assert.Equal(0, report.Skipped);
    }

    [Theory]
    [MemberData(nameof(Evaluators))]
    public void TheSameSeedGivesTheSameReport(ImportanceEvaluator evaluator)
    {
        using var study = Study(trial => Math.Sin(5 * trial.Suggest(X)) * trial.Suggest(Y) + 0 * trial.Suggest(Idle), 80);
        var options = new ImportanceOptions { Evaluator = evaluator, Seed = 7 };
        var (one, two) = (study.Importance(options), study.Importance(options));
        Assert.Equal(one.Parameters, two.Parameters);
        Assert.Equal(one.Pairs, two.Pairs);
        Assert.Equal(one.ToString(), two.ToString());
    }

    [Fact]
    public void TheTableNamesWhatItShows()
    {
        using var study = Study(trial => trial.Suggest(X) * trial.Suggest(Y) + 0 * trial.Suggest(Idle), 60);
        var lines = study.Importance().ToString().Split('\n');
        Assert.StartsWith("importance for the objective by GP-Sobol, from 60 trials; its model explains", lines[0], StringComparison.Ordinal);
        Assert.Equal("parameter    first   ± s.e.    total   ± s.e.", lines[1]);
        Assert.Contains(lines, line => line.StartsWith("x × y: 0.14", StringComparison.Ordinal)); // V(xy) = 7/144, of which 1/144 together
        Assert.Equal(6, lines.Length);
    }

    /// <remarks>Below its lowest quarter the line x counts no more: what is left is y's part and what both decide.</remarks>
    [Fact]
    public void WithinTheBestTrialsOtherThingsMatter()
    {
        // Bad unless x is low; where it is, y decides.
        using var study = Study(trial => (trial.Suggest(X) < 0.5 ? 0 : 10 + 10 * trial.Suggest(X)) + trial.Suggest(Y) + 0 * trial.Suggest(Idle), 300);
        var (all, best) = (study.Importance(), study.Importance(new ImportanceOptions { Quantile = 0.4 }));
        Assert.True(all.Of(Y).Total < 0.02 && best.Of(Y).Total > 0.15, $"{all}\n{best}");
        Assert.Equal("the objective within the best 40 %", best.Target);
    }

    /// <summary>A score is a loss with its sign turned: the best of either are the same trials.</summary>
    [Theory]
    [MemberData(nameof(Evaluators))]
    public void ADirectionTellsWhichTrialsAreBest(ImportanceEvaluator evaluator)
    {
        var options = new ImportanceOptions { Evaluator = evaluator, Quantile = 0.4 };
        using var losses = Study(trial => Bad(trial), 60);
        using var scores = new Study(new StudyOptions { Space = [X, Y, Idle], Sampler = new RandomSampler(), Pruner = new NopPruner(), Direction = Direction.Maximize, Seed = 1 });
        scores.Optimize(trial => -Bad(trial), 60);
        Assert.Equal(losses.Importance(options).Parameters, scores.Importance(options).Parameters);

        static double Bad(ITrial trial) => (trial.Suggest(X) < 0.5 ? 0 : 10 + 10 * trial.Suggest(X)) + trial.Suggest(Y);
    }

    [Fact]
    public void EachObjectiveAndAnyFunctionOfATrialCanBeTheTarget()
    {
        using var study = new Study(new StudyOptions { Space = [X, Y], Sampler = new RandomSampler(), Directions = [Direction.Minimize, Direction.Maximize], Pruner = new NopPruner() });
        study.Optimize(trial => new[] { trial.Suggest(X), trial.Suggest(Y) }, 60);
        Assert.InRange(study.Importance(new ImportanceOptions { Objective = 0 }).Of(X).Total, 0.99, 1);
        Assert.InRange(study.Importance(new ImportanceOptions { Objective = 1 }).Of(Y).Total, 0.99, 1);
        var both = study.Importance(new ImportanceOptions { Target = trial => trial.Values[0] + 2 * trial.Values[1] });
        Assert.Equal(0.8, both.Of(Y).Total, 0.01);
        Assert.Equal("a target", both.Target);
        Assert.Contains("Set Objective to one of 0 to 1", Assert.Throws<InvalidOperationException>(() => study.Importance()).Message, StringComparison.Ordinal);
        Assert.Contains("0 <= Objective < 2", Assert.Throws<ArgumentException>(() => study.Importance(new ImportanceOptions { Objective = 2 })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => study.Importance(new ImportanceOptions { Objective = 1, Target = _ => 0 }));
    }

    /// <summary>Every third trial fails, every third is pruned at a value that is no result.</summary>
    [Fact]
    public void OnlyResultsCount()
    {
        using var study = new Study(new StudyOptions { Space = [X, Y], Sampler = new RandomSampler(), Pruner = new NopPruner() });
        for (var number = 0; number < 90; number++)
        {
            var trial = study.Ask();
            var value = trial.Suggest(X) + 0 * trial.Suggest(Y);
            if (number % 3 == 0)
            {
                trial.Report(1, 100 * trial.Suggest(Y));
            }

            _ = (number % 3) switch
            {
                0 => study.TellPruned(trial),
                1 => study.TellFailed(trial),
                _ => study.Tell(trial, value),
            };
        }

        var report = study.Importance();
        Assert.Equal((30, 60), (report.Trials, report.Skipped));
        Assert.InRange(report.Of(X).Total, 0.99, 1);
        var pruned = study.Importance(new ImportanceOptions { IncludePruned = true });
        Assert.Equal((60, 30), (pruned.Trials, pruned.Skipped));
        Assert.InRange(pruned.Of(Y).Total, 0.2, 1);
    }

    [Fact]
    public void WhatCannotBeToldIsSaid()
    {
        using (var few = Study(trial => trial.Suggest(X), 9))
        {
            Assert.Equal(
                $"Importance needs at least 10 completed trials of a finite target, but study '{few.Name}' has 9 among 9. Run more trials.",
                Assert.Throws<InvalidOperationException>(() => few.Importance()).Message);
        }

        using (var constant = Study(trial => 3 + 0 * trial.Suggest(X), 20))
        {
            Assert.Contains("all 20 trials of study", Assert.Throws<InvalidOperationException>(() => constant.Importance()).Message, StringComparison.Ordinal);
        }

        using var study = Study(trial => trial.Suggest(X) + trial.Suggest(Y), 20);
        var report = study.Importance(new ImportanceOptions { Evaluator = new PedAnovaImportance() });
        Assert.Contains("'z' is not among 'x'", Assert.Throws<KeyNotFoundException>(() => report.Of("z")).Message.Replace("'y', 'x'", "'x', 'y'", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Throws<KeyNotFoundException>(() => report.Of(X, Y));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImportanceOptions { Quantile = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ForestImportance { Trees = 1 });
        Assert.Throws<InvalidOperationException>(() => study.Importance(new ImportanceOptions { Evaluator = new PedAnovaImportance { TargetQuantile = 0.6, RegionQuantile = 0.5 } }));
    }

    private static Study Study(Func<ITrial, double> objective, int trials)
    {
        var study = new Study(new StudyOptions { Space = [X, Y, Idle], Sampler = new RandomSampler(), Pruner = new NopPruner(), Seed = 1 });
        study.Optimize(objective, trials);
        return study;
    }
}
