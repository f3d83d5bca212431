using HyperOpt.Trials;
using static System.FormattableString;

namespace HyperOpt.Pruners;

/// <summary>
/// Asynchronous successive halving among some of the trials. Rung k is at the step r·η^(s+k). A trial's loss at a rung is that of its first
/// report there or beyond; it goes on if that is among the best ⌊m/η⌋ (at least one) of the m trials that came as far, itself included.
/// </summary>
/// <param name="FirstRung">The step of rung 0: r·η^s; at least 1.</param>
/// <param name="ReductionFactor">η, at least 2.</param>
/// <param name="BootstrapTrials">At a rung that no more trials have reached than this, every one is given up.</param>
internal readonly record struct HalvingRule(long FirstRung, int ReductionFactor, int BootstrapTrials)
{
    /// <summary>Decides about the latest report, if a rung was reached by it.</summary>
    /// <param name="rule">Who asks.</param>
    /// <param name="trial">The trial.</param>
    /// <param name="finished">The others.</param>
    /// <param name="competes">Which of the others count.</param>
    public PruningDecision? Judge(string rule, Observation trial, IReadOnlyList<Observation> finished, Func<Observation, bool> competes)
    {
        var curve = trial.Curve;
        var latest = curve.Count - 1;
        var step = curve.Steps[latest];
        for (var (rung, at) = (0, FirstRung); at <= step; (rung, at) = (rung + 1, at * ReductionFactor))
        {
            if (FirstReport(curve, at) != latest)
            {
                continue; // decided before
            }

            var loss = curve.Loss(latest);
            if (double.IsNaN(loss))
            {
                return Verdict.At(rule, step, Invariant($"it reported NaN at rung {rung}"), ("rung", rung));
            }

            var (better, reached) = Compare(loss, at, finished, competes);
            var kept = Math.Max(1, reached / ReductionFactor);
            if (reached <= BootstrapTrials || better >= kept)
            {
                return Verdict.At(
                    rule,
                    step,
                    reached <= BootstrapTrials
                        ? Invariant($"only {reached} trials have come to rung {rung}, and the first {BootstrapTrials} are given up")
                        : Invariant($"its loss, {loss:G6}, is not among the best {kept} of the {reached} trials that have come to rung {rung} (step {at}); {better} were better"),
                    ("loss", loss), ("rung", rung), ("reached", reached), ("kept", kept), ("better", better));
            }
        }

        return null;
    }

    // The index of the first report at a step or beyond; -1 if there is none.
    private static int FirstReport(LearningCurve curve, long step)
    {
        for (var i = 0; i < curve.Count; i++)
        {
            if (curve.Steps[i] >= step)
            {
                return i;
            }
        }

        return -1;
    }

    private static (int Better, int Reached) Compare(double loss, long at, IReadOnlyList<Observation> finished, Func<Observation, bool> competes)
    {
        var (better, reached) = (0, 1);
        for (var i = 0; i < finished.Count; i++)
        {
            var other = finished[i];
            var first = FirstReport(other.Curve, at);
            if (first >= 0 && !double.IsNaN(other.Curve.Loss(first)) && competes(other))
            {
                reached++;
                better += other.Curve.Loss(first) < loss ? 1 : 0;
            }
        }

        return (better, reached);
    }
}
