using System.Collections.Immutable;
using HyperOpt.Trials;

namespace HyperOpt.Samplers;

/// <summary>What to try.</summary>
/// <param name="Point">A coordinate in [0,1] for each axis of the space. Those of inactive axes are ignored; NaN says so.</param>
/// <param name="Parent">The number of the trial whose checkpoint to go on from; null to begin afresh.</param>
public sealed record Proposal(ImmutableArray<double> Point, int? Parent = null)
{
    /// <summary>Why this point; null if the sampler does not say. It is kept with the trial (<see cref="FrozenTrial.Reason"/>) and changes nothing else.</summary>
    public ProposalReason? Reason { get; init; }
}
