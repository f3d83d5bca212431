using HyperOpt.Numerics;
using HyperOpt.Trials;

namespace HyperOpt.Samplers;

/// <summary>What tilts of one table keep. All of it follows from the rows.</summary>
internal sealed class TiltMemo
{
    /// <summary>Fewer values make no surface.</summary>
    private const int LeastPoints = 4;

    /// <summary>Surfaces are through as many points at most.</summary>
    private const int MostPoints = 80;

    private readonly Lock _lock = new();
    private readonly Dictionary<(bool IsReported, int Count), NoisySurface?> _costs = [];
    private readonly Dictionary<int, NoisySurface?> _sources = [];
    private readonly Dictionary<int, List<double>> _foretold = [];

    /// <summary>The logarithm of the cost over the space; null as long as too few are known.</summary>
    public NoisySurface? CostSurface(TrialHistory history, TrialCost cost)
    {
        // Fitted anew after an eighth more trials: a function of the number alone.
        var count = history.Count;
        for (var next = 8; next <= history.Count; next += Math.Max(1, next / 8))
        {
            count = next;
        }

        lock (_lock)
        {
            if (!_costs.TryGetValue((cost.IsReported, count), out var surface))
            {
                (Observation, double)[] known = [.. history.Finished.Take(count)
                    .Where(trial => cost.Of(trial) is > 0 and < double.PositiveInfinity && HasPlace(trial)).Select(trial => (trial, Math.Log(cost.Of(trial))))];
                surface = Through(history, known);
                _costs.Add((cost.IsReported, count), surface);
            }

            return surface;
        }
    }

    /// <summary>The normal scores of a source's losses, or of its fronts, over the space; null if it has nothing in common with it.</summary>
    public NoisySurface? Source(TrialHistory history, int source)
    {
        lock (_lock)
        {
            if (!_sources.TryGetValue(source, out var surface))
            {
                Observation[] placed = [.. history.Sources[source].Finished.Where(HasPlace)];
                surface = Through(history, [.. Scores(placed, history.Objectives)]);
                _sources.Add(source, surface);
            }

            return surface;
        }
    }

    /// <summary>What a source foretold of each trial; NaN of those that did not complete with finite losses.</summary>
    public double[] Foretold(TrialHistory history, int source, NoisySurface surface)
    {
        lock (_lock)
        {
            if (!_foretold.TryGetValue(source, out var foretold))
            {
                _foretold.Add(source, foretold = []);
            }

            for (; foretold.Count < history.Count;)
            {
                var trial = history.Finished[foretold.Count];
                foretold.Add(trial is { State: TrialState.Completed, Losses.IsEmpty: false } && HasPlace(trial) && trial.Losses.All(double.IsFinite) ? surface.MeanAt(trial.Point.AsSpan(), [], []) : double.NaN);
            }

            return [.. foretold.Take(history.Count)];
        }
    }

    private static bool HasPlace(Observation trial) => trial.Point.Any(unit => !double.IsNaN(unit));

    // The normal scores of the losses, or of the fronts; equals have that of their mean rank.
    private static IEnumerable<(Observation Trial, double Score)> Scores(Observation[] trials, int objectives)
    {
        var ranks = trials.Length == 0 ? [] : Pareto.Ranks(Pareto.Rows([.. trials.Select(trial => trial.Losses)]), objectives);
        var before = 0;
        foreach (var equals in Enumerable.Range(0, trials.Length).GroupBy(at => ranks[at]).OrderBy(group => group.Key).Select(group => group.ToArray()))
        {
            var score = Normal.Quantile((before + 0.5 * equals.Length) / trials.Length);
            before += equals.Length;
            foreach (var at in equals)
            {
                yield return (trials[at], score);
            }
        }
    }

    // Null: too few. Of many every so many.
    private static NoisySurface? Through(TrialHistory history, (Observation Trial, double Value)[] known)
    {
        if (known.Length < LeastPoints)
        {
            return null;
        }

        var count = Math.Min(MostPoints, known.Length);
        (Observation Trial, double Value)[] kept = [.. Enumerable.Range(0, count).Select(at => known[(int)((long)at * known.Length / count)])];
        return new NoisySurface([.. kept.Select(item => item.Trial.Point.ToArray())], [.. kept.Select(item => item.Value)], [.. history.Space.Select(parameter => parameter.IsOrdered)]);
    }
}
