using HyperOpt.Trials;

namespace HyperOpt.Pruners;

/// <summary>Gives up no trial.</summary>
public sealed class NopPruner : IPruner
{
    /// <inheritdoc/>
    public PruningDecision? Judge(Observation trial, TrialHistory history) => null;
}
