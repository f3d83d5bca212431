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
        var left = Enumerable.Range(0, losses.Length).ToList();
        while (chosen.Count < count && left.Count > 0)
        {
            var front = Front(losses, left);
            if (chosen.Count + front.Count <= count)
            {
                chosen.AddRange(front);
            }
            else
            {
                chosen.AddRange(SubsetSelection.Greedy([.. front.Select(at => losses[at])], count - chosen.Count).Select(at => front[at]));
            }

            left = [.. left.Except(front)];
        }

        return chosen;
    }

    private static List<int> Front(ImmutableArray<double>[] losses, List<int> among)
    {
        var front = new List<int>();
        foreach (var at in among.OrderBy(at => losses[at][0]).ThenBy(at => at))
        {
            if (!front.Exists(other => Hypervolume.Dominates(losses[other].AsSpan(), losses[at].AsSpan())))
            {
                front.RemoveAll(other => Hypervolume.Dominates(losses[at].AsSpan(), losses[other].AsSpan()));
                front.Add(at);
            }
        }

        front.Sort();
        return front;
    }
}
