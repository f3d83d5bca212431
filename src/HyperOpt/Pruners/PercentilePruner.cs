using HyperOpt.Trials;
using static System.FormattableString;

namespace HyperOpt.Pruners;

/// <summary>
/// Gives up a trial whose best loss so far is worse than a percentile of what the completed trials reported at the same step.
/// </summary>
/// <remarks>
/// <para>The step is the largest that the trial reported. Completed trials alone are compared with: pruned ones, which are bad and end
/// early, would make the early steps lenient. The percentile is interpolated linearly; a loss equal to it is not worse. A trial that
/// reported nothing but NaN is given up; the NaN of others is passed over. Directions are folded away: 25 keeps about the best quarter of
/// the trials in any study.</para>
/// <para>Decides as Optuna does, but for infinite reports of others: a percentile of order statistics is what it is, though a neighbour be
/// infinite (NumPy makes it NaN, and so one diverged trial disarms Optuna's pruner), and a rank that is whole is not rounded to its
/// neighbour.</para>
/// <para>Cost: one pass over the trial's reports and over those of the step; nothing is copied or sorted.</para>
/// <para>Source: Golovin et al. 2017, 10.1145/3097983.3098043 (the median stopping rule, there with running averages); Akiba et al. 2019,
/// 10.1145/3292500.3330701 (the best so far, and percentiles).</para>
/// </remarks>
public sealed record PercentilePruner : IPruner
{
    /// <summary>
    /// What to keep, in percent: 0 keeps those at least as good as the best, 25 about the best quarter, 100 all but those that are worse
    /// than the worst.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in [0,100].</exception>
    public required double Percentile { get; init => field = Setting.Within(0, 100, value); }

    /// <summary>No trial is given up before so many have completed. 5 by default; 0 is as 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public int StartupTrials { get; init => field = Setting.AtLeast(0, value); } = 5;

    /// <summary>No trial is given up at a step before this one. 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public int WarmupSteps { get; init => field = Setting.AtLeast(0, value); }

    /// <summary>
    /// The length, in steps, of the intervals that follow the warm-up; only the first report in each is judged. 1 by default: every report.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int IntervalSteps { get; init => field = Setting.AtLeast(1, value); } = 1;

    /// <summary>How many completed trials must have reported the step, if only NaN. 1 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int MinTrials { get; init => field = Setting.AtLeast(1, value); } = 1;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The study has several objectives.</exception>
    public PruningDecision? Judge(Observation trial, TrialHistory history) => Judge(trial, history, nameof(PercentilePruner));

    internal PruningDecision? Judge(Observation trial, TrialHistory history, string rule)
    {
        OneObjective.Require(trial, history, "The percentile rule (of MedianPruner and PercentilePruner)");
        if (!PruningSchedule.IsDue(trial.Curve, WarmupSteps, IntervalSteps, out var latest) || !CompletedTrials.IsAtLeast(Math.Max(1, StartupTrials), history))
        {
            return null;
        }

        var step = trial.Curve.Steps[latest];
        if (Best(trial.Curve) is not { } best)
        {
            return Verdict.At(rule, step, "it has reported nothing but NaN");
        }

        var (standing, completed) = StandingOf(best, history.ReportsAt(step), history.Finished);
        return completed >= MinTrials && standing.IsAbove(Percentile)
            ? Verdict.At(
                rule,
                step,
                Invariant($"its best loss, {best:G6}, is above the {Percentile}th percentile of {standing.Others} completed trials at this step; {standing.Better} of them were better"),
                ("best", best), ("percentile", Percentile), ("others", standing.Others), ("better", standing.Better))
            : null;
    }

    private static double? Best(LearningCurve curve)
    {
        double? best = null;
        for (var i = 0; i < curve.Count; i++)
        {
            var loss = curve.Loss(i);
            if (!double.IsNaN(loss) && !(loss >= best))
            {
                best = loss;
            }
        }

        return best;
    }

    private static (Standing Standing, int Completed) StandingOf(double best, StepReports reports, IReadOnlyList<Observation> finished)
    {
        var standing = new Standing(best);
        var completed = 0;
        for (var i = 0; i < reports.Rows.Length; i++)
        {
            if (finished[reports.Rows[i]].State == TrialState.Completed)
            {
                completed++;
                standing.Meet(reports.Losses[i]);
            }
        }

        return (standing, completed);
    }
}
