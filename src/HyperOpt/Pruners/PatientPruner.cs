using System.Buffers;
using HyperOpt.Trials;
using static System.FormattableString;

namespace HyperOpt.Pruners;

/// <summary>
/// Lets a trial go on while it holds its own best: another pruner is asked only if the best of the latest <see cref="Patience"/> + 1
/// reports is worse, by more than <see cref="MinDelta"/>, than the best of the reports before. Without another pruner such a trial is given
/// up: early stopping.
/// </summary>
/// <remarks>
/// The latest reports are those of the largest steps. NaN is passed over; a trial with nothing but NaN before or among the latest is not
/// given up. A plateau is not given up either: equal is not worse. Source: Prechelt 1998, 10.1007/3-540-49430-8_3 (stopping when a
/// validation loss has risen for some time); Akiba et al. 2019, 10.1145/3292500.3330701 (around another pruner).
/// </remarks>
public sealed record PatientPruner : IPruner
{
    /// <summary>Patience before another pruner, or before giving up.</summary>
    /// <param name="wrapped">The pruner to ask; null to give up.</param>
    public PatientPruner(IPruner? wrapped = null) => Wrapped = wrapped;

    /// <summary>The pruner that is asked when patience is at an end; null if the trial is given up then.</summary>
    public IPruner? Wrapped { get; }

    /// <summary>How many reports without improvement are forgiven.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public required int Patience { get; init => field = Setting.AtLeast(0, value); }

    /// <summary>How much worse than the best before, in the unit of the reports, still counts as holding it. 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative, infinite or NaN.</exception>
    public double MinDelta { get; init => field = Setting.Within(0, double.MaxValue, value); }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The study has several objectives.</exception>
    public PruningDecision? Judge(Observation trial, TrialHistory history)
    {
        OneObjective.Require(trial, history, nameof(PatientPruner));
        var (before, latest) = Bests(trial.Curve);
        if (!(before + MinDelta < latest))
        {
            return null;
        }

        return Wrapped is null
            ? Verdict.Of(
                nameof(PatientPruner),
                trial,
                Invariant($"the best of its latest {Patience + 1} losses, {latest:G6}, is worse than the best before, {before:G6}"),
                ("before", before), ("latest", latest))
            : Wrapped.Judge(trial, history);
    }

    // The best before the latest reports, and the best of those; NaN if there is none.
    private (double Before, double Latest) Bests(LearningCurve curve)
    {
        var before = curve.Count - 1 - Patience;
        if (before <= 0)
        {
            return (double.NaN, double.NaN);
        }

        var firstOfLatest = NthSmallest(curve.Steps, before);
        var bestBefore = double.NaN;
        var bestLatest = double.NaN;
        for (var i = 0; i < curve.Count; i++)
        {
            ref var best = ref curve.Steps[i] < firstOfLatest ? ref bestBefore : ref bestLatest;
            best = double.MinNumber(best, curve.Loss(i));
        }

        return (bestBefore, bestLatest);
    }

    // Steps ascend in nearly every objective: then there is nothing to sort.
    private static int NthSmallest(ReadOnlySpan<int> steps, int n)
    {
        if (IsAscending(steps))
        {
            return steps[n];
        }

        var sorted = ArrayPool<int>.Shared.Rent(steps.Length);
        steps.CopyTo(sorted);
        sorted.AsSpan(0, steps.Length).Sort();
        var step = sorted[n];
        ArrayPool<int>.Shared.Return(sorted);
        return step;
    }

    private static bool IsAscending(ReadOnlySpan<int> steps)
    {
        for (var i = 1; i < steps.Length; i++)
        {
            if (steps[i] < steps[i - 1])
            {
                return false;
            }
        }

        return true;
    }
}
