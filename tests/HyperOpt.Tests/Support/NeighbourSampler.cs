using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Trials;

namespace HyperOpt.Tests.Support;

/// <summary>Learns from all it may know: results, points under way, their order. Would betray any difference.</summary>
internal sealed class NeighbourSampler : ISampler
{
    public Proposal Propose(SearchSpace space, TrialHistory history, Random random)
    {
        var center = history.Best?.Point ?? [.. Enumerable.Repeat(0.5, space.Count)];
        var shift = history.Pending.Sum(pending => pending.Point.Where(unit => !double.IsNaN(unit)).Sum());
        return new Proposal(
            [.. center.Select(unit => (((double.IsNaN(unit) ? 0.3 : unit) + 0.2 * random.NextDouble() + 0.01 * shift + 0.001 * history.Count) % 1 + 1) % 1)]);
    }
}
