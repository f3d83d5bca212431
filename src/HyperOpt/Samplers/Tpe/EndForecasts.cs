using HyperOpt.Numerics;
using HyperOpt.Trials;

namespace HyperOpt.Samplers.Tpe;

/// <summary>
/// Where pruned trials would have ended: from what they last reported, by what became of the completed trials from there. So trials are compared at equal
/// steps, and one that was given up may be better than one that ran to its end. Kept until more trials report the step.
/// </summary>
internal sealed class EndForecasts
{
    private const int MostTrials = 500; // the latest that reported a step

    private readonly Dictionary<int, (int Reports, EndForecast? Forecast)> _byStep = [];

    /// <summary>What can be said from the last report of a trial; null if nothing.</summary>
    /// <param name="pruned">The trial.</param>
    /// <param name="history">The trials.</param>
    public EndForecast? Of(Observation pruned, TrialHistory history)
    {
        var curve = pruned.Curve;
        if (curve.Count == 0 || !AreFinite(curve.LossesAt(curve.Count - 1)))
        {
            return null;
        }

        var rows = history.ReportsAt(curve.Steps[^1]).Rows;
        if (!_byStep.TryGetValue(curve.Steps[^1], out var known) || known.Reports != rows.Length)
        {
            _byStep[curve.Steps[^1]] = known = (rows.Length, From(rows, curve.Steps[^1], history));
        }

        return known.Forecast;
    }

    private static EndForecast? From(ReadOnlySpan<int> rows, int step, TrialHistory history)
    {
        var (atStep, completed) = (new List<double[]>(), new List<(double[] AtStep, Observation Trial)>());
        foreach (var row in rows[Math.Max(0, rows.Length - MostTrials)..])
        {
            var trial = history.Finished[row];
            var losses = trial.Curve.LossesAt(trial.Curve.IndexOf(step));
            if (losses.ContainsNaN())
            {
                continue;
            }

            atStep.Add(losses.ToArray());
            if (trial is { State: TrialState.Completed, Losses.IsEmpty: false })
            {
                completed.Add((atStep[^1], trial));
            }
        }

        return completed.Count == 0 ? null : new EndForecast(
            history.Objectives == 1 ? FinalValueForecast.OfLoss(atStep.Select(losses => losses[0]), [.. completed.Select(each => (each.AtStep[0], each.Trial.Losses[0]))]) : null,
            ViolationForecast.Of(atStep, [.. completed.Select(each => (each.AtStep, each.Trial.Violations))]));
    }

    private static bool AreFinite(ReadOnlySpan<double> losses)
    {
        foreach (var loss in losses)
        {
            if (!double.IsFinite(loss))
            {
                return false;
            }
        }

        return true;
    }
}
