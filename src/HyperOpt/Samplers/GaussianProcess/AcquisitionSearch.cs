using HyperOpt.Spaces;
using HyperOpt.Trials;

namespace HyperOpt.Samplers.GaussianProcess;

/// <summary>Finds where an acquisition is highest among the points that break no hard constraint and were not tried.</summary>
/// <param name="space">The space.</param>
/// <param name="history">What was tried.</param>
/// <param name="surface">The acquisition.</param>
/// <param name="random">The chance of this trial.</param>
/// <param name="held">The branch that it keeps to; null if it is free.</param>
internal sealed class AcquisitionSearch(SearchSpace space, TrialHistory history, AcquisitionSurface surface, Random random, OtherBranch? held = null)
{
    private const int Global = 384;
    private const int Local = 128;
    private const int Starts = 6;
    private const int Known = 2;

    private readonly PointShape _shape = new(space);

    /// <summary>The best place found; null if every candidate breaks a hard constraint or was tried.</summary>
    /// <param name="centres">The best points known, best first.</param>
    public SearchPoint? Run(IReadOnlyList<ReadOnlyMemory<double>> centres)
    {
        var draws = new CandidateDraws(space, _shape, random, held);
        var known = 0;
        foreach (var centre in centres.Take(Known))
        {
            known += draws.TryAddKnown(centre.Span) ? 1 : 0;
        }

        draws.AddGlobal(Global);
        draws.AddLocal(Local, centres, surface.Models[0].Scales.Lengths);
        if (draws.Points.Count == 0)
        {
            return null;
        }

        var values = surface.At(draws.Points);
        var climbed = new List<SearchPoint>();
        var climb = new LocalSearch(space, _shape, surface, held?.Axis);
        foreach (var start in StartsOf(values, known))
        {
            climbed.Add(climb.Climb(new SearchPoint(draws.Coordinates[start], draws.Points[start], values[start])));
        }

        return Best(climbed) ?? Best(Enumerable.Range(0, values.Length).Select(at => new SearchPoint(draws.Coordinates[at], draws.Points[at], values[at])));
    }

    // The first of equals.
    private SearchPoint? Best(IEnumerable<SearchPoint> places)
    {
        foreach (var place in places.OrderByDescending(place => place.Value))
        {
            if (!double.IsNegativeInfinity(place.Value) && _shape.Holds(place.Point) && Novelty.IsNew(place.Point, history))
            {
                return place;
            }
        }

        return null;
    }

    // The best candidate, the known points, and others with chances by their values.
    private List<int> StartsOf(double[] values, int known)
    {
        var best = 0;
        for (var i = 1; i < values.Length; i++)
        {
            best = values[i] > values[best] ? i : best;
        }

        var starts = new List<int> { best };
        starts.AddRange(Enumerable.Range(0, known).Where(at => at != best));
        var weights = new double[values.Length];
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = starts.Contains(i) ? 0 : Math.Exp(values[i] - values[best]);
        }

        for (var sum = weights.Sum(); starts.Count < Starts && sum > 0; sum = weights.Sum())
        {
            var target = random.NextDouble() * sum;
            var at = 0;
            for (; at < weights.Length - 1 && target >= weights[at]; at++)
            {
                target -= weights[at];
            }

            if (weights[at] > 0)
            {
                starts.Add(at);
            }

            weights[at] = 0;
        }

        return starts;
    }
}
