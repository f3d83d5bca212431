using HyperOpt.Trials;

namespace HyperOpt.Pruners;

/// <summary>
/// At which reports a pruner decides: at the first one in each of the intervals [w, w + i), [w + i, w + 2i), … of steps,
/// where w is the number of warm-up steps and i the length of an interval.
/// </summary>
internal static class PruningSchedule
{
    /// <summary>Whether the report of the largest step, which is the latest unless steps go back, is the first in its interval.</summary>
    /// <param name="curve">What the trial reported, steps in any order.</param>
    /// <param name="warmup">The number of warm-up steps; at least 0.</param>
    /// <param name="interval">The length of an interval; at least 1.</param>
    /// <param name="latest">The index of the report of the largest step; -1 if there is none.</param>
    public static bool IsDue(LearningCurve curve, int warmup, int interval, out int latest)
    {
        latest = -1;
        var last = -1; // a step is at least 0
        var previous = -1;
        var steps = curve.Steps;
        for (var i = 0; i < steps.Length; i++)
        {
            if (steps[i] > last)
            {
                (previous, last, latest) = (last, steps[i], i);
            }
            else if (steps[i] > previous)
            {
                previous = steps[i];
            }
        }

        return latest >= 0 && last >= warmup && previous < last - (last - warmup) % interval;
    }
}
