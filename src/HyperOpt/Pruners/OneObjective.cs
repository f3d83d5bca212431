using HyperOpt.Trials;

namespace HyperOpt.Pruners;

/// <summary>What the rules that compare by one loss ask of their arguments.</summary>
internal static class OneObjective
{
    /// <summary>
    /// Refuses a study of several objectives. To judge its first objective only would give up trials that are the best in another one,
    /// and nobody would see it.
    /// </summary>
    /// <exception cref="InvalidOperationException">The study has several objectives.</exception>
    public static void Require(Observation trial, TrialHistory history, string pruner)
    {
        ArgumentNullException.ThrowIfNull(trial);
        ArgumentNullException.ThrowIfNull(history);
        var objectives = Math.Max(history.Objectives, trial.Curve.Objectives);
        if (objectives > 1)
        {
            throw new InvalidOperationException(
                $"{pruner} judges trials by one objective, but this study has {objectives}. "
                + "Use CurvePruner, or say with Pruner.From what pruning means for several.");
        }
    }
}
