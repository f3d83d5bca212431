using HyperOpt.Spaces;
using HyperOpt.Trials;

namespace HyperOpt.Samplers.PopulationBased;

/// <summary>
/// The intervals that a population has trained, the latest few hundred: what each began with, and what it won. A gain is the loss of the parent less that of
/// the trial, less the median of all, in units of their spread, and cut at ±2; with several objectives the mean of theirs. Who did not
/// complete won the least.
/// </summary>
internal sealed class ScheduleRows
{
    /// <summary>The best and the worst gain.</summary>
    public const double Limit = 2;

    private readonly Dictionary<int, (Observation Trial, int Depth)> _ended = [];
    private readonly double[][] _losses; // of the parents, for each objective, sorted

    private ScheduleRows(SearchSpace space, TrialHistory history, int window)
    {
        Axes = new ScheduleAxes(space, history.Objectives);
        var finished = history.Finished;
        var intervals = new List<(Observation Trial, Observation Parent)>();
        foreach (var trial in finished)
        {
            var depth = trial.Parent is { } number && _ended.TryGetValue(number, out var parent) ? parent.Depth + 1 : 0;
            _ended[trial.Number] = (trial, depth);
        }

        for (var row = finished.Count - 1; row >= 0 && intervals.Count < window; row--)
        {
            if (ParentOf(finished[row]) is { } parent)
            {
                intervals.Add((finished[row], parent));
            }
        }

        intervals.Reverse();
        _losses = [.. Enumerable.Range(0, history.Objectives).Select(objective => intervals.Select(pair => pair.Parent.Losses[objective]).Order().ToArray())];
        Inputs = [.. intervals.Select(pair => InputsOf(pair.Trial.Point.AsSpan(), pair.Parent))];
        Gains = GainsOf(intervals, history.Objectives);
    }

    /// <summary>How features compare.</summary>
    public ScheduleAxes Axes { get; }

    /// <summary>What each interval began with.</summary>
    public ScheduleInputs[] Inputs { get; }

    /// <summary>What each won.</summary>
    public double[] Gains { get; }

    /// <summary>The intervals of a history.</summary>
    /// <param name="space">The axes.</param>
    /// <param name="history">What is known.</param>
    /// <param name="window">How many intervals at the most.</param>
    public static ScheduleRows Of(SearchSpace space, TrialHistory history, int window) => new(space, history, window);

    /// <summary>The trial that another went on from, if it completed.</summary>
    public Observation? ParentOf(Observation trial) =>
        trial.Parent is { } number && _ended.TryGetValue(number, out var parent) && parent.Trial.State == TrialState.Completed ? parent.Trial : null;

    /// <summary>What an interval begins with that goes on from a trial.</summary>
    public ScheduleInputs InputsOf(ReadOnlySpan<double> point, Observation parent)
    {
        var features = new double[Axes.Count];
        Axes.Encode(point, features);
        for (var objective = 0; objective < _losses.Length; objective++)
        {
            features[point.Length + objective] = ShareBelow(_losses[objective], parent.Losses[objective]);
        }

        return new ScheduleInputs(_ended[parent.Number].Depth + 1, features);
    }

    private static double ShareBelow(double[] sorted, double loss)
    {
        var (less, same) = (0, 0);
        foreach (var other in sorted)
        {
            less += other < loss ? 1 : 0;
            same += other.Equals(loss) ? 1 : 0;
        }

        return (less + 0.5 * same) / Math.Max(1, sorted.Length);
    }

    private static double[] GainsOf(List<(Observation Trial, Observation Parent)> intervals, int objectives)
    {
        var gains = new double[intervals.Count];
        for (var objective = 0; objective < objectives; objective++)
        {
            // By halves, which do not overflow.
            double[] changes = [.. intervals.Select(pair => pair.Trial.State == TrialState.Completed ? pair.Parent.Losses[objective] / 2 - pair.Trial.Losses[objective] / 2 : double.NaN)];
            double[] known = [.. changes.Where(double.IsFinite).Order()];
            var median = Median(known);
            double[] away = [.. known.Select(change => Math.Abs(change / 2 - median / 2)).Order()];
            var spread = Math.Max(1.4826 * Median(away), known.Length > 0 ? away.Average(far => far / known.Length) : 0);
            for (var row = 0; row < gains.Length; row++)
            {
                var gain = double.IsNaN(changes[row]) ? -Limit
                    : double.IsInfinity(changes[row]) ? double.CopySign(Limit, changes[row])
                    : spread > 0 ? Math.Clamp((changes[row] / 2 - median / 2) / spread, -Limit, Limit) : 0;
                gains[row] += gain / objectives;
            }
        }

        return gains;
    }

    private static double Median(double[] sorted) =>
        sorted.Length == 0 ? 0 : sorted[(sorted.Length - 1) / 2] / 2 + sorted[sorted.Length / 2] / 2;
}
