using System.Collections.Immutable;
using HyperOpt.Numerics;

namespace HyperOpt.Samplers.Tpe;

/// <summary>The best of many loss vectors: front after front, the last one thinned to those that add most hypervolume.</summary>
internal static class ParetoRanking
{
    /// <summary>The indices of the best vectors.</summary>
    public static List<int> Best(ImmutableArray<double>[] losses, int count)
    {
        var chosen = new List<int>(count);
        if (losses.Length == 0)
        {
            return chosen;
        }

        var ranks = Pareto.Ranks(Pareto.Rows(losses), losses[0].Length);
        foreach (var front in Enumerable.Range(0, losses.Length).GroupBy(at => ranks[at]).OrderBy(group => group.Key).Select(group => group.ToArray()))
        {
            var most = count - chosen.Count;
            chosen.AddRange(front.Length <= most ? front : SubsetSelection.Greedy([.. front.Select(at => losses[at])], most).Select(at => front[at]));
        }

        return chosen;
    }
}
