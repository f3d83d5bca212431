using HyperOpt.Trials;

namespace HyperOpt.Pruners;

/// <summary>Gives up no trial.</summary>
public sealed class NopPruner : IPruner
{
    /// <inheritdoc/>
    public bool ShouldPrune(Observation trial, TrialHistory history) => false;
}
