using HyperOpt.Trials;

namespace HyperOpt.Pruners;

/// <summary>Makes pruners.</summary>
public static class Pruner
{
    /// <summary>A function as a pruner.</summary>
    /// <param name="shouldPrune"> Whether to give up a trial after its latest report, as <see cref="IPruner.ShouldPrune"/> says. A pure
    /// function of its arguments, losses of which less is better; several threads may call it at once.
    /// </param>
    public static IPruner From(Func<Observation, TrialHistory, bool> shouldPrune)
    {
        ArgumentNullException.ThrowIfNull(shouldPrune);
        return new DelegatePruner(shouldPrune);
    }

    private sealed class DelegatePruner(Func<Observation, TrialHistory, bool> shouldPrune) : IPruner
    {
        public bool ShouldPrune(Observation trial, TrialHistory history) => shouldPrune(trial, history);
    }
}
