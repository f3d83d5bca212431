using HyperOpt.Trials;

namespace HyperOpt.Samplers.GaussianProcess;

/// <summary>
/// With what a pruned trial would have ended: from its last report, by the line that best fits how completed trials went on from the same step. What is left
/// over around the line is the forecast's spread. A model wants to know how bad a bad trial is; the forecast that ranks and odds are made of
/// (<see cref="Numerics.FinalValueForecast"/>) draws far values in, and served worse here (docs/samplers/gaussian-process.md).
/// </summary>
/// <param name="history">The trials.</param>
/// <param name="count">How many of them are learnt from.</param>
/// <param name="output">What is forecast.</param>
internal sealed class CurveForecast(TrialHistory history, int count, ModelOutput output)
{
    private const int LeastPeers = 4;

    private readonly Dictionary<int, Line?> _lines = [];

    /// <summary>The forecast for a pruned trial of one objective; null if it says nothing.</summary>
    public Target? Of(Observation trial)
    {
        var curve = trial.Curve;
        if (curve.Count == 0 || !double.IsFinite(curve.Loss(curve.Count - 1)))
        {
            return output.IsConstraint || trial.Losses.IsEmpty ? null
                : new Target(double.IsPositiveInfinity(trial.Losses[0]) ? TargetKind.Failed : TargetKind.Worse, trial.Losses[0], 0);
        }

        var (step, loss) = (curve.Steps[^1], curve.Loss(curve.Count - 1));
        if (!_lines.TryGetValue(step, out var line))
        {
            _lines.Add(step, line = Fit(step));
        }

        return line is { } found ? new Target(TargetKind.Forecast, found.At(loss), found.Spread)
            : output.IsConstraint ? null
            : new Target(TargetKind.Worse, loss, 0);
    }

    private Line? Fit(int step)
    {
        var reports = history.ReportsAt(step);
        var pairs = new List<(double Then, double End)>();
        for (var i = 0; i < reports.Rows.Length && reports.Rows[i] < count; i++)
        {
            var peer = history.Finished[reports.Rows[i]];
            var ends = output.IsConstraint ? peer.Violations : peer.Losses;
            if (peer is { State: TrialState.Completed, Losses.Length: 1 } && ends.Length > output.Index && double.IsFinite(ends[output.Index]) && double.IsFinite(reports.Losses[i]))
            {
                pairs.Add((reports.Losses[i], ends[output.Index]));
            }
        }

        return pairs.Count >= LeastPeers ? Line.Through(pairs, output.IsConstraint ? double.NegativeInfinity : 0, output.IsConstraint ? double.PositiveInfinity : 1) : null;
    }

    private readonly record struct Line(double Then, double End, double Slope, double Spread)
    {
        // A loss that falls does not overtake: who is worse now is not forecast to be better, nor to fall behind faster than it is behind. A violation may go any way.
        public static Line? Through(List<(double Then, double End)> pairs, double leastSlope, double mostSlope)
        {
            var (then, end) = (pairs.Average(pair => pair.Then), pairs.Average(pair => pair.End));
            var (square, product, left) = (0.0, 0.0, 0.0);
            foreach (var pair in pairs)
            {
                square += (pair.Then - then) * (pair.Then - then);
                product += (pair.Then - then) * (pair.End - end);
            }

            var slope = square > 0 ? Math.Clamp(product / square, leastSlope, mostSlope) : 0;
            foreach (var pair in pairs)
            {
                var rest = pair.End - end - slope * (pair.Then - then);
                left += rest * rest;
            }

            var line = new Line(then, end, slope, Math.Sqrt(left / (pairs.Count - 2)));
            return double.IsFinite(line.Spread) && double.IsFinite(line.End) ? line : null;
        }

        public double At(double loss) => End + Slope * (loss - Then);
    }
}
