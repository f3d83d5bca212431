using HyperOpt.Numerics;
using HyperOpt.Trials;

namespace HyperOpt.Samplers.Tpe;

/// <summary>
/// Where pruned trials would have ended: from the loss at their last step, by what became of the completed trials from there. So trials are compared at equal
/// steps, and one that was given up may be better than one that ran to its end. Kept until more trials report the step.
/// </summary>
internal sealed class EndForecasts
{
    private const int MostTrials = 500; // the latest that reported a step

    private readonly Dictionary<int, (int Reports, FinalLossForecast? Forecast)> _byStep = [];

    /// <summary>The median of the final loss; null if nothing can be said.</summary>
    public double? Of(Observation pruned, TrialHistory history)
    {
        var curve = pruned.Curve;
        if (curve.Count == 0 || curve.Objectives != 1 || !double.IsFinite(curve.Loss(curve.Count - 1)))
        {
            return null;
        }

        var reports = history.ReportsAt(curve.Steps[^1]);
        if (!_byStep.TryGetValue(curve.Steps[^1], out var known) || known.Reports != reports.Rows.Length)
        {
            _byStep[curve.Steps[^1]] = known = (reports.Rows.Length, From(reports, history));
        }

        return known.Forecast?.Median(curve.Loss(curve.Count - 1));
    }

    private static FinalLossForecast? From(StepReports reports, TrialHistory history)
    {
        var (atStep, completed) = (new List<double>(), new List<(double AtStep, double Final)>());
        for (var i = Math.Max(0, reports.Rows.Length - MostTrials); i < reports.Rows.Length; i++)
        {
            if (double.IsNaN(reports.Losses[i]))
            {
                continue;
            }

            atStep.Add(reports.Losses[i]);
            if (history.Finished[reports.Rows[i]] is { State: TrialState.Completed, Losses: [var final] })
            {
                completed.Add((reports.Losses[i], final));
            }
        }

        return completed.Count == 0 ? null : FinalLossForecast.From(atStep, completed);
    }
}
