using HyperOpt.Spaces;
using HyperOpt.Trials;

namespace HyperOpt.Samplers;

/// <summary>
/// Proposes what to try next. A pure function of its arguments: it holds no state, so the same space, history and chance
/// give the same proposal, on any thread, in any process.
/// </summary>
public interface ISampler
{
    /// <summary>Proposes a point of the space.</summary>
    /// <param name="space">What may vary. Its axes are those of the history's points.</param>
    /// <param name="history">What is known; <see cref="TrialHistory.Number"/> is the number of the trial to propose for.</param>
    /// <param name="random">The chance that belongs to this trial.</param>
    /// <returns>A proposal, or null when nothing is left to try: the run then ends.</returns>
    Proposal? Propose(SearchSpace space, TrialHistory history, Random random);
}
