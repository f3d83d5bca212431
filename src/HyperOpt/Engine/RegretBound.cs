using HyperOpt.Numerics;
using HyperOpt.Trials;

namespace HyperOpt.Engine;

/// <summary>How much better than what was found anything could be. Source: Makarova et al. 2022, arXiv:2104.08166.</summary>
internal static class RegretBound
{
    private const int LeastTrials = 20;
    private const int Candidates = 1_000;
    private const int Around = 100; // of the candidates, near the best
    private const double Delta = 0.1;

    /// <summary>The bound; null with fewer than 20 completed feasible trials, or without parameters.</summary>
    public static double? Of(TrialHistory history)
    {
        var space = history.Space;
        var completed = history.Finished.Count(trial => trial is { State: TrialState.Completed, IsFeasible: true });
        if (space.Count == 0 || completed < LeastTrials)
        {
            return null;
        }

        var best = history.Finished
            .Where(trial => trial is { State: TrialState.Completed, IsFeasible: true, Losses.IsEmpty: false })
            .OrderBy(trial => trial.Losses[0]).ThenBy(trial => trial.Number)
            .Take(Math.Max(LeastTrials, completed / 2));
        if (NoisyView.Of(space, best, LeastTrials) is not { } view)
        {
            return null;
        }

        var n = (double)view.Trials.Count;
        var width = Math.Sqrt(0.4 * Math.Log(space.Count * n * n * Math.PI * Math.PI / (6 * Delta)));
        var (upper, lower) = (double.PositiveInfinity, double.PositiveInfinity);
        foreach (var trial in view.Trials)
        {
            var (mean, deviation) = view.At(trial.Point.AsSpan());
            (upper, lower) = (Math.Min(upper, mean + width * deviation), Math.Min(lower, mean - width * deviation));
        }

        var random = StreamSeed.Create(history.Seed, history.Number, "regret");
        var point = new double[space.Count];
        for (var i = 0; i < Candidates; i++)
        {
            for (var axis = 0; axis < point.Length; axis++)
            {
                var centre = view.Trials[0].Point[axis];
                var unit = random.NextDouble();
                point[axis] = i < Around && !double.IsNaN(centre) ? Math.Clamp(centre + 0.2 * (unit - 0.5), 0, 1) : unit;
            }

            var (mean, deviation) = view.At(space.PointOf(space.Decode(point)));
            lower = Math.Min(lower, mean - width * deviation);
        }

        return upper - lower;
    }
}
