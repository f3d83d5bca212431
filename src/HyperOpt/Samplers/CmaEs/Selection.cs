using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using HyperOpt.Numerics;
using HyperOpt.Trials;

namespace HyperOpt.Samplers.CmaEs;

/// <summary>What each trial of a generation counts for. Equally good ones share what their ranks have together.</summary>
internal sealed class Selection
{
    private Selection(int count) => (Order, Recombination, Weights) = (new int[count], new double[count], new double[count]);

    /// <summary>The trials, best first.</summary>
    public int[] Order { get; }

    /// <summary>By trial: its part in the new mean; these add up to 1.</summary>
    public double[] Recombination { get; }

    /// <summary>By trial: its part in the new covariance, perhaps negative.</summary>
    public double[] Weights { get; }

    /// <summary>μ_eff of the parts in the mean.</summary>
    public double Mass { get; private set; }

    /// <summary>Weighs the trials of a generation.</summary>
    /// <param name="constants">The weights by rank.</param>
    /// <param name="trials">As many.</param>
    /// <param name="scales">The usual size of each violation.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Selection Of(StrategyConstants constants, IReadOnlyList<Observation> trials, ViolationScales scales)
    {
        var (ranks, hasFronts) = (new TrialRank[trials.Count], false);
        for (var i = 0; i < ranks.Length; i++)
        {
            ranks[i] = TrialRank.Of(trials[i], scales);
            hasFronts |= trials[i].Losses.Length > 1;
        }

        if (hasFronts)
        {
            RankFronts(trials, ranks);
        }

        var selection = new Selection(trials.Count);
        var order = selection.Order;
        Sort(order, ranks);
        for (var first = 0; first < order.Length;)
        {
            var end = first + 1;
            while (end < order.Length && ranks[order[end]].CompareTo(ranks[order[first]]) == 0)
            {
                end++;
            }

            selection.Share(constants, first, end);
            first = end;
        }

        var squares = 0.0;
        foreach (var part in selection.Recombination)
        {
            squares += part * part;
        }

        selection.Mass = 1 / squares;
        return selection;
    }

    // By rank, of equals the earlier trial first: merges runs of growing length.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sort(int[] order, TrialRank[] ranks)
    {
        for (var at = 0; at < order.Length; at++)
        {
            order[at] = at;
        }

        var runs = new int[order.Length];
        for (var length = 1; length < order.Length; length *= 2)
        {
            order.CopyTo(runs, 0);
            for (var from = 0; from < order.Length; from += 2 * length)
            {
                var (middle, end) = (Math.Min(from + length, order.Length), Math.Min(from + 2 * length, order.Length));
                var (left, right) = (from, middle);
                for (var to = from; to < end; to++)
                {
                    order[to] = right == end || (left < middle && ranks[runs[left]].CompareTo(ranks[runs[right]]) <= 0) ? runs[left++] : runs[right++];
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Share(StrategyConstants constants, int first, int end)
    {
        var (recombination, weight) = (0.0, 0.0);
        for (var rank = first; rank < end; rank++)
        {
            recombination += rank < constants.Parents ? constants.Weights[rank] : 0;
            weight += constants.Weights[rank];
        }

        for (var rank = first; rank < end; rank++)
        {
            Recombination[Order[rank]] = recombination / (end - first);
            Weights[Order[rank]] = weight / (end - first);
        }
    }

    // Several objectives: completed feasible trials go front by front, and within a front those first that add more hypervolume to those before.
    private static void RankFronts(IReadOnlyList<Observation> trials, TrialRank[] ranks)
    {
        int[] complete = [.. Enumerable.Range(0, ranks.Length).Where(at => ranks[at].IsComplete && trials[at].Losses.Length > 1)];
        if (complete.Length == 0)
        {
            return;
        }

        ImmutableArray<double>[] losses = [.. complete.Select(at => trials[at].Losses)];
        var fronts = Pareto.Ranks(Pareto.Rows(losses), losses[0].Length);
        var next = 0;
        foreach (int[] front in Enumerable.Range(0, complete.Length).GroupBy(at => fronts[at]).OrderBy(group => group.Key).Select(group => group.ToArray()))
        {
            int[] first = [.. SubsetSelection.Greedy([.. front.Select(at => losses[at])], front.Length - 1).Select(at => front[at])];
            foreach (var at in first.Concat(front.Except(first)))
            {
                ranks[complete[at]] = TrialRank.Complete(next++);
            }
        }
    }
}
