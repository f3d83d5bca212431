namespace HyperOpt.Samplers.Tpe;

/// <summary>ln l(x) - ln g(x), each over the axes on which x is active.</summary>
internal sealed class DensityRatio(Densities densities)
{
    public void Score(Candidates candidates, Span<double> scores)
    {
        foreach (var members in Patterns(candidates))
        {
            var active = ActiveAxes(candidates, members[0]);
            var group = members.Count == candidates.Count ? candidates : Gather(candidates, members);
            var good = new MixtureDensity(densities.Space, densities.Good, group, active).Evaluate();
            var rest = new MixtureDensity(densities.Space, densities.Rest, group, active).Evaluate();
            for (var i = 0; i < members.Count; i++)
            {
                scores[members[i]] = good[i] - rest[i];
            }
        }
    }

    // Candidates that are active on the same axes, in the order of their first.
    private IEnumerable<List<int>> Patterns(Candidates candidates)
    {
        if (densities.Space.Conditions.IsEmpty)
        {
            return [[.. Enumerable.Range(0, candidates.Count)]];
        }

        return Enumerable.Range(0, candidates.Count)
            .GroupBy(candidate => new string([.. ActiveAxes(candidates, candidate).Select(axis => (char)axis)]))
            .Select(group => group.ToList());
    }

    private static int[] ActiveAxes(Candidates candidates, int candidate) =>
        [.. Enumerable.Range(0, candidates.Axes).Where(axis => !double.IsNaN(candidates.Column(axis)[candidate]))];

    private static Candidates Gather(Candidates candidates, List<int> members)
    {
        var group = new Candidates(candidates.Axes, members.Count);
        for (var i = 0; i < members.Count; i++)
        {
            group.Set(i, candidates.Point(members[i]));
        }

        return group;
    }
}
