using HyperOpt.Trials;

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
    public bool ShouldPrune(Observation trial, TrialHistory history)
    {
        OneObjective.Require(trial, history, "The percentile rule (of MedianPruner and PercentilePruner)");
        return PruningSchedule.IsDue(trial.Curve, WarmupSteps, IntervalSteps, out var latest)
            && HasCompleted(history.Finished, Math.Max(1, StartupTrials))
            && (Best(trial.Curve) is not { } best || IsWorse(best, history.ReportsAt(trial.Curve.Steps[latest]), history.Finished));
    }

    private static bool HasCompleted(IReadOnlyList<Observation> finished, int trials)
    {
        for (var i = 0; i < finished.Count && trials > 0; i++)
        {
            trials -= finished[i].State == TrialState.Completed ? 1 : 0;
        }

        return trials == 0;
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

    private bool IsWorse(double best, StepReports reports, IReadOnlyList<Observation> finished)
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

        return completed >= MinTrials && standing.IsAbove(Percentile);
    }
}
