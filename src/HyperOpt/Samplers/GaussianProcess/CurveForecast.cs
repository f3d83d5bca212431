using HyperOpt.Trials;

namespace HyperOpt.Samplers.GaussianProcess;

/// <summary>
/// Where a pruned trial would have ended: from its last report, by the line that best fits how completed trials went on from the same step. What is left
/// over around the line is the forecast's spread.
/// </summary>
/// <param name="history">The trials.</param>
/// <param name="count">How many of them are learnt from.</param>
internal sealed class CurveForecast(TrialHistory history, int count)
{
    private const int LeastPeers = 4;

    private readonly Dictionary<int, Line?> _lines = [];

    /// <summary>The forecast for a pruned trial; null if it says nothing.</summary>
    public Target? Of(Observation trial)
    {
        var curve = trial.Curve;
        if (curve.Count == 0 || !double.IsFinite(curve.Loss(curve.Count - 1)))
        {
            var known = trial.Losses[0];
            return new Target(double.IsPositiveInfinity(known) ? TargetKind.Failed : TargetKind.Worse, known, 0);
        }

        var (step, loss) = (curve.Steps[^1], curve.Loss(curve.Count - 1));
        if (!_lines.TryGetValue(step, out var line))
        {
            _lines.Add(step, line = Fit(step));
        }

        return line is { } found ? new Target(TargetKind.Forecast, found.At(loss), found.Spread) : new Target(TargetKind.Worse, loss, 0);
    }

    private Line? Fit(int step)
    {
        var reports = history.ReportsAt(step);
        var pairs = new List<(double Then, double End)>();
        for (var i = 0; i < reports.Rows.Length && reports.Rows[i] < count; i++)
        {
            var peer = history.Finished[reports.Rows[i]];
            if (peer is { State: TrialState.Completed, Losses.Length: 1 } && double.IsFinite(peer.Losses[0]) && double.IsFinite(reports.Losses[i]))
            {
                pairs.Add((reports.Losses[i], peer.Losses[0]));
            }
        }

        return pairs.Count >= LeastPeers ? Line.Through(pairs) : null;
    }

    private readonly record struct Line(double Then, double End, double Slope, double Spread)
    {
        // A loss that falls does not overtake: who is worse now is not forecast to be better, nor to fall behind faster than it is behind.
        public static Line? Through(List<(double Then, double End)> pairs)
        {
            var (then, end) = (pairs.Average(pair => pair.Then), pairs.Average(pair => pair.End));
            var (square, product, left) = (0.0, 0.0, 0.0);
            foreach (var pair in pairs)
            {
                square += (pair.Then - then) * (pair.Then - then);
                product += (pair.Then - then) * (pair.End - end);
            }

            var slope = square > 0 ? Math.Clamp(product / square, 0, 1) : 0;
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
