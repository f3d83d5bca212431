using HyperOpt.Spaces;
using HyperOpt.Trials;

namespace HyperOpt.Engine;

/// <summary>What a trial begins with.</summary>
/// <param name="Configuration">Its parameters.</param>
/// <param name="Parent">The trial whose checkpoint it goes on from.</param>
/// <param name="Reason">Why, if the sampler says.</param>
internal sealed record Proposed(Configuration Configuration, int? Parent, ProposalReason? Reason);
