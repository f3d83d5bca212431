using System.Collections.Immutable;

namespace HyperOpt.Benchmarks.Quality;

/// <summary>One run of one sampler on one problem with one seed: a real study in memory, without a pruner.</summary>
internal static class QualityRun
{
    /// <summary>After how many trials results are noted.</summary>
    public static ImmutableArray<int> Marks { get; } = [10, 20, 30, 50, 100, 200, 400, 500, 1000, 2000];

    /// <summary>Runs it.</summary>
    /// <param name="problem">What to search.</param>
    /// <param name="sampler">The sampler's name in the registry.</param>
    /// <param name="label">Its name in the results.</param>
    /// <param name="seed">The seed of the study and of the noise.</param>
    /// <param name="trials">How many trials.</param>
    /// <param name="lag">How many trials are under way at once.</param>
    /// <param name="clock">A clock that begins anywhere.</param>
    public static List<QualityRow> Of(Problem problem, string sampler, string label, ulong seed, int trials, int lag, Func<TimeSpan> clock)
    {
        var study = new Study(new StudyOptions
        {
            Space = problem.Space,
            Directions = [.. Enumerable.Repeat(Direction.Minimize, problem.Objectives)],
            Sampler = SamplerRegistry.Create(sampler),
            Pruner = new Pruners.NopPruner(),
            Seed = seed,
            Lag = lag,
        });
        var judge = new Judge(problem, seed);
        var rows = new List<QualityRow>();
        var evaluating = TimeSpan.Zero;
        var begun = clock();
        study.Optimize(
            trial =>
            {
                var evaluationBegun = clock();
                var losses = judge.Evaluate(new TrialPoint(trial));
                if (Marks.Contains(judge.Count) || judge.Count == trials)
                {
                    var spent = evaluationBegun - begun - evaluating;
                    rows.Add(new QualityRow(label, problem.Name, problem.Family, seed, judge.Count, judge.Value, spent.TotalMilliseconds / judge.Count));
                }

                evaluating += clock() - evaluationBegun;
                return losses;
            },
            new RunOptions { Trials = trials });
        return rows;
    }
}
