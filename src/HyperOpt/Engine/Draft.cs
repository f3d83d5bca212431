using HyperOpt.Trials;

namespace HyperOpt.Engine;

/// <summary>What a trial is to begin with.</summary>
/// <param name="Codes">A code for each axis; NaN where an axis is inactive.</param>
/// <param name="Parent">The trial whose checkpoint it goes on from.</param>
/// <param name="Reason">Why, if the sampler says.</param>
internal sealed record Draft(double[] Codes, int? Parent, ProposalReason? Reason);
