using HyperOpt.Trials;

namespace HyperOpt.Pruners;

/// <summary>How far completed trials go. The first of them says so: rungs that moved with later ones would judge earlier decisions anew.</summary>
internal static class LastStep
{
    /// <summary>The largest step that the first completed trial with a report has; null if there is none.</summary>
    public static int? Of(TrialHistory history)
    {
        var finished = history.Finished;
        for (var i = 0; i < finished.Count; i++)
        {
            if (finished[i] is { State: TrialState.Completed, Curve.Count: > 0 } first)
            {
                return Of(first.Curve);
            }
        }

        return null;
    }

    /// <summary>The largest step of a curve with a report.</summary>
    public static int Of(LearningCurve curve)
    {
        var last = 0;
        foreach (var step in curve.Steps)
        {
            last = Math.Max(last, step);
        }

        return last;
    }
}
