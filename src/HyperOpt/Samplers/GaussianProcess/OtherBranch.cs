using HyperOpt.Spaces;
using HyperOpt.Trials;

namespace HyperOpt.Samplers.GaussianProcess;

/// <summary>A branch of a conditional space that a proposal keeps to: a category on which other axes depend. Everything else is free.</summary>
/// <param name="Axis">An unordered axis.</param>
/// <param name="Coordinate">Its coordinate.</param>
/// <remarks>
/// A model that knows a branch only by some poor trials of long ago is surer of it than it may be; and once the search has found the bottom of another, it goes on there
/// for digits that nobody needs. So when nothing is won any more, every second proposal takes a branch that the best trial is not in, drawn evenly among those that turn off
/// on its way; the rest of the proposal is what the acquisition likes best there.
/// </remarks>
internal readonly record struct OtherBranch(int Axis, double Coordinate)
{
    private const int Every = 2;

    /// <summary>Of so many trials none must have been better, by so many standard deviations of what the model sees.</summary>
    private const int Window = 10;
    private const double Worthwhile = 0.01;

    /// <summary>With a larger share of noise there is no telling whether anything was won.</summary>
    private const double Quiet = 1e-3;

    /// <summary>The branch that the next proposal keeps to; null if it is free.</summary>
    /// <param name="space">The space.</param>
    /// <param name="history">What is known.</param>
    /// <param name="task">What the proposal is to maximise.</param>
    /// <param name="random">The chance of this trial.</param>
    public static OtherBranch? Choose(SearchSpace space, TrialHistory history, AcquisitionTask task, Random random)
    {
        if (history.Objectives > 1 || history.Number % Every == 0 || task.Centres.Count == 0 || !HasStalled(history, task.Surface.Models[0]))
        {
            return null;
        }

        var others = OthersThan(task.Centres[0].Span, space);
        return others.Count > 0 ? others[random.Next(others.Count)] : null;
    }

    private static bool HasStalled(TrialHistory history, Posterior model)
    {
        var (before, since, count) = (double.PositiveInfinity, double.PositiveInfinity, model.Rows.Length);
        for (var at = 0; at < count; at++)
        {
            if (history.Finished[model.Rows[at]] is { State: TrialState.Completed, IsFeasible: true })
            {
                (before, since) = at < count - Window ? (Math.Min(before, model.Targets[at]), since) : (before, Math.Min(since, model.Targets[at]));
            }
        }

        return count >= 2 * Window && since > before - Worthwhile && model.NoiseShare <= Quiet;
    }

    private static List<OtherBranch> OthersThan(ReadOnlySpan<double> point, SearchSpace space)
    {
        var others = new List<OtherBranch>();
        foreach (var axis in Enumerable.Range(0, space.Count).SelectMany(space.Conditions.ParentsOf).Distinct().Order())
        {
            var parameter = space[axis];
            if (parameter.IsOrdered || double.IsNaN(point[axis]))
            {
                continue;
            }

            var own = parameter.LevelOf(parameter.CodeAt(point[axis]));
            for (var level = 0L; level < parameter.Cardinality; level++)
            {
                if (level != own)
                {
                    others.Add(new OtherBranch(axis, parameter.UnitOf(parameter.CodeOfLevel(level))));
                }
            }
        }

        return others;
    }
}
