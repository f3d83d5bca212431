using System.Collections.Immutable;
using HyperOpt.Pruners;
using HyperOpt.Samplers;
using HyperOpt.Trials;

namespace HyperOpt.Benchmarks.Pruning;

/// <summary>One study on a table of curves, that ends after a number of steps, however many trials they make.</summary>
internal static class PruningStudy
{
    /// <summary>The best final loss among the trials that ran to their end, after each of some budgets; infinite if there was none.</summary>
    /// <param name="table">The curves.</param>
    /// <param name="pruner">The pruner.</param>
    /// <param name="sampler">The sampler.</param>
    /// <param name="seed">The study's seed.</param>
    /// <param name="budgets">Numbers of steps, ascending.</param>
    public static PruningOutcome Run(CurveTable table, IPruner pruner, ISampler sampler, ulong seed, ImmutableArray<int> budgets)
    {
        var axes = table.Family.Axes;
        var study = new Study(new StudyOptions { Space = [.. axes.Select(axis => axis.Parameter)], Sampler = sampler, Pruner = pruner, Seed = seed });
        var (used, reached, best) = (0, new double[budgets.Length], double.PositiveInfinity);
        var (winners, lost, trials) = (0, 0, 0);
        Array.Fill(reached, best);
        while (used < budgets[^1])
        {
            var trial = study.Ask();
            var curve = table[table.Family.RowOf([.. axes.Select(axis => trial.Suggest(axis.Parameter))])];
            var step = 0;
            trials++;
            for (; step < curve.Length && !trial.ShouldPrune && used < budgets[^1]; step++, used++)
            {
                trial.Report(step, curve[step]);
            }

            var wins = double.IsFinite(best) && curve[^1] < best && (step == curve.Length || trial.ShouldPrune);
            winners += wins ? 1 : 0;
            if (step < curve.Length)
            {
                lost += wins ? 1 : 0;
                study.TellPruned(trial);
                continue;
            }

            study.Tell(trial, curve[^1]);
            best = trial.ShouldPrune ? best : Math.Min(best, curve[^1]);
            for (var i = 0; i < budgets.Length; i++)
            {
                reached[i] = used <= budgets[i] ? best : reached[i];
            }
        }

        return new PruningOutcome(reached, trials, winners, lost);
    }
}

/// <summary>What came of a study.</summary>
/// <param name="Best">The best final loss after each budget.</param>
/// <param name="Trials">How many trials were begun.</param>
/// <param name="Winners">How many of them, trained to their end, would have been better than the best so far.</param>
/// <param name="Lost">How many of these were given up.</param>
internal sealed record PruningOutcome(double[] Best, int Trials, int Winners, int Lost);
