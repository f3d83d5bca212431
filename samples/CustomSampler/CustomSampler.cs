using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Trials;

namespace CustomSampler;

/// <summary>Moves the best point a little along each axis, and now and then anywhere.</summary>
internal sealed class HillClimber : ISampler
{
    public Proposal Propose(SearchSpace space, TrialHistory history, Random random) =>
        new([.. Enumerable.Range(0, space.Count).Select(axis =>
            history.Best?.Point[axis] is >= 0 and var best && random.NextDouble() < 0.9
                ? Math.Clamp(best + 0.2 * (random.NextDouble() - random.NextDouble()), 0, 1)
                : random.NextDouble())]);
}
