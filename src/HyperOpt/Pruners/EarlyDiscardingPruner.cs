using HyperOpt.Trials;
using static System.FormattableString;

namespace HyperOpt.Pruners;

/// <summary>
/// Judges a trial once, after its first few reports: it goes on if it is among the best <see cref="Keep"/> that any trial had there. The
/// baseline of the literature on multi-fidelity search ("one epoch"), and hard to beat where curves do not cross.
/// </summary>
/// <remarks>
/// Compared are the losses of the report after <see cref="Reports"/> reports, of all finished trials, the pruned ones too; equals go on, NaN
/// does not. Without others a trial goes on, so at least <see cref="Keep"/> of the first trials run to their end, and about
/// Keep·(1 + ln(n/Keep)) of n.
/// Sources: Bohdal et al. 2024, arXiv:2404.04111 (discarding after a constant number of epochs); Egele et al. 2023, arXiv:2307.15422.
/// </remarks>
public sealed record EarlyDiscardingPruner : IPruner
{
    /// <summary>i: after how many reports a trial is judged. 1 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int Reports { get; init => field = Setting.AtLeast(1, value); } = 1;

    /// <summary>k: among the best how many a trial must be to go on. 3 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int Keep { get; init => field = Setting.AtLeast(1, value); } = 3;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The study has several objectives.</exception>
    public PruningDecision? Judge(Observation trial, TrialHistory history)
    {
        OneObjective.Require(trial, history, nameof(EarlyDiscardingPruner));
        var at = Reports - 1;
        if (trial.Curve.Count != Reports)
        {
            return null;
        }

        var loss = trial.Curve.Loss(at);
        var (better, others) = (0, 0);
        var finished = history.Finished;
        for (var i = 0; i < finished.Count; i++)
        {
            if (finished[i].Curve.Count > at && finished[i].Curve.Loss(at) is var other and not double.NaN)
            {
                others++;
                better += !(loss <= other) ? 1 : 0; // NaN is worse than all
            }
        }

        return better >= Keep || double.IsNaN(loss) && others > 0
            ? Verdict.At(
                nameof(EarlyDiscardingPruner),
                trial.Curve.Steps[at],
                Invariant($"after {Reports} reports its loss, {loss:G6}, is not among the best {Keep}; {better} of {others} trials were better"),
                ("loss", loss), ("better", better), ("others", others))
            : null;
    }
}
