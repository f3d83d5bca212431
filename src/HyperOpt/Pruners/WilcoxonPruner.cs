using HyperOpt.Numerics;
using HyperOpt.Trials;
using static System.FormattableString;

namespace HyperOpt.Pruners;

/// <summary>
/// For objectives that average repeated evaluations (folds, problem instances, seeds) and report each of them, its index as the step: gives up
/// a trial that is significantly worse than the best trial on the evaluations that both have, by the signed-rank test.
/// </summary>
/// <remarks>
/// <para>A step is an instance, not a time: report them in any order, best in a random one of the trial's own, and return the mean. The best
/// trial is the completed feasible one of the least loss that has reports. A trial whose mean so far is at least as good as the best trial's mean of all its
/// instances is never given up, nor one of which it or the best trial has reported anything that is not finite.</para>
/// <para>The test is exact up to 50 instances, given ties and zeros; Optuna, through SciPy, takes a normal approximation there if a difference
/// is zero, and the distribution without ties if there are some, so decisions may differ in those cases. Sources: Wilcoxon 1945, 10.2307/3001968; Optuna's pruner of the name
/// (Optuna 3.6).</para>
/// </remarks>
public sealed record WilcoxonPruner : IPruner
{
    /// <summary>Below which p-value a trial is given up. 0.1 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in [0,1].</exception>
    public double MaxPValue { get; init => field = Setting.Within(0, 1, value); } = 0.1;

    /// <summary>On how many instances both trials must have reported. 2 by default, and at least.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public int StartupSteps { get; init => field = Setting.AtLeast(0, value); } = 2;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The study has several objectives.</exception>
    public PruningDecision? Judge(Observation trial, TrialHistory history)
    {
        OneObjective.Require(trial, history, nameof(WilcoxonPruner));
        if (BestOf(history) is not { } best || !(Mean(trial.Curve) > Mean(best.Curve)))
        {
            return null;
        }

        Span<double> differences = trial.Curve.Count <= 256 ? stackalloc double[trial.Curve.Count] : new double[trial.Curve.Count];
        var pairs = 0;
        for (var i = 0; i < trial.Curve.Count; i++)
        {
            if (best.Curve.IndexOf(trial.Curve.Steps[i]) is >= 0 and var at)
            {
                differences[pairs++] = trial.Curve.Loss(i) - best.Curve.Loss(at);
            }
        }

        if (pairs < Math.Max(2, StartupSteps) || SignedRanks.Greater(differences[..pairs]) is var p && !(p < MaxPValue))
        {
            return null;
        }

        return Verdict.Of(
            nameof(WilcoxonPruner),
            trial,
            Invariant($"on {pairs} instances it is worse than the best trial, {best.Number}, with p = {p:G3} (signed-rank test); its mean is {Mean(trial.Curve):G6}, that of the best {Mean(best.Curve):G6}"),
            ("p", p), ("pairs", pairs), ("mean", Mean(trial.Curve)), ("bestMean", Mean(best.Curve)), ("best", best.Number));
    }

    private static Observation? BestOf(TrialHistory history)
    {
        if (history.Best is not { Curve.Count: 0 })
        {
            return history.Best;
        }

        Observation? best = null;
        foreach (var trial in history.Finished)
        {
            if (trial is { State: TrialState.Completed, IsFeasible: true, Curve.Count: > 0 } && !(trial.Losses[0] >= best?.Losses[0]))
            {
                best = trial;
            }
        }

        return best;
    }

    // NaN if a report is not finite, and so neither better nor worse than anything.
    private static double Mean(LearningCurve curve)
    {
        var sum = 0.0;
        for (var i = 0; i < curve.Count; i++)
        {
            sum += double.IsFinite(curve.Loss(i)) ? curve.Loss(i) : double.NaN;
        }

        return sum / curve.Count;
    }
}
