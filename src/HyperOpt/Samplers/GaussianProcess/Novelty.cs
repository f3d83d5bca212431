using HyperOpt.Trials;

namespace HyperOpt.Samplers.GaussianProcess;

/// <summary>Whether there is anything to learn at a point.</summary>
internal static class Novelty
{
    /// <summary>Points nearer than this on every axis count as the same.</summary>
    private const double Nearest = 1e-6;

    /// <summary>Not tried, and not so near to what was tried or is under way that there would be nothing to learn.</summary>
    public static bool IsNew(double[] point, TrialHistory history) =>
        !history.HasTried(point) && !history.Finished.Concat(history.Pending).Any(trial => IsAt(trial.Point.AsSpan(), point));

    private static bool IsAt(ReadOnlySpan<double> tried, double[] point)
    {
        for (var axis = 0; axis < point.Length; axis++)
        {
            if (!(Math.Abs(tried[axis] - point[axis]) < Nearest) && !(double.IsNaN(tried[axis]) && double.IsNaN(point[axis])))
            {
                return false;
            }
        }

        return true;
    }
}
