using HyperOpt.Trials;

namespace HyperOpt.Pruners;

/// <summary>Makes pruners, and composes them: <c>new MedianPruner().Or(new ThresholdPruner { MaxLoss = 10 }).WithPatience(3)</c>.</summary>
public static class Pruner
{
    /// <summary>A function as a pruner.</summary>
    /// <param name="shouldPrune"> Whether to give up a trial after its latest report, as <see cref="IPruner.Judge"/> says. A pure
    /// function of its arguments, losses of which less is better; several threads may call it at once.
    /// </param>
    public static IPruner From(Func<Observation, TrialHistory, bool> shouldPrune)
    {
        ArgumentNullException.ThrowIfNull(shouldPrune);
        return new DelegatePruner(shouldPrune);
    }

    /// <summary>Whether a pruner gives up a trial after its latest report.</summary>
    /// <param name="pruner">The pruner.</param>
    /// <param name="trial">The trial under way, with at least one report.</param>
    /// <param name="history">The trials that may be compared with.</param>
    public static bool ShouldPrune(this IPruner pruner, Observation trial, TrialHistory history)
    {
        ArgumentNullException.ThrowIfNull(pruner);
        return pruner.Judge(trial, history) is not null;
    }

    /// <summary>Gives up a trial when either pruner does. The decision is that of the first that does.</summary>
    /// <param name="pruner">Asked first.</param>
    /// <param name="other">Asked if the first lets the trial go on.</param>
    public static IPruner Or(this IPruner pruner, IPruner other)
    {
        ArgumentNullException.ThrowIfNull(pruner);
        ArgumentNullException.ThrowIfNull(other);
        return new EitherPruner(pruner, other);
    }

    /// <summary>Gives up a trial when both pruners do at the same report. The decision shows the rules and figures of both.</summary>
    /// <param name="pruner">Asked first.</param>
    /// <param name="other">Asked if the first would give the trial up.</param>
    public static IPruner And(this IPruner pruner, IPruner other)
    {
        ArgumentNullException.ThrowIfNull(pruner);
        ArgumentNullException.ThrowIfNull(other);
        return new BothPruner(pruner, other);
    }

    /// <summary>Asks the pruner only about trials that have got worse for a while: see <see cref="PatientPruner"/>.</summary>
    /// <param name="pruner">The pruner to ask then.</param>
    /// <param name="patience">How many reports without improvement are forgiven.</param>
    /// <param name="minDelta">How much worse than the best before still counts as holding it.</param>
    /// <exception cref="ArgumentOutOfRangeException">Negative or NaN.</exception>
    public static IPruner WithPatience(this IPruner pruner, int patience, double minDelta = 0)
    {
        ArgumentNullException.ThrowIfNull(pruner);
        return new PatientPruner(pruner) { Patience = patience, MinDelta = minDelta };
    }

    /// <summary>Asks the pruner only about reports of a later step, and once enough trials have completed.</summary>
    /// <param name="pruner">The pruner to ask then. One that decides at certain steps only, such as successive halving, skips those of the warm-up.</param>
    /// <param name="steps">No trial is given up at a step before this one.</param>
    /// <param name="trials">No trial is given up before so many have completed.</param>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public static IPruner WithWarmup(this IPruner pruner, int steps = 0, int trials = 0)
    {
        ArgumentNullException.ThrowIfNull(pruner);
        return new WarmupPruner(pruner, Setting.AtLeast(0, steps, nameof(steps)), Setting.AtLeast(0, trials, nameof(trials)));
    }

    private sealed class DelegatePruner(Func<Observation, TrialHistory, bool> shouldPrune) : IPruner
    {
        public PruningDecision? Judge(Observation trial, TrialHistory history) =>
            shouldPrune(trial, history) ? Verdict.Of("Pruner.From", trial, "the function said so") : null;
    }
}
