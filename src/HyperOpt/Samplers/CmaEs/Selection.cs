using System.Collections.Immutable;
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
    public static Selection Of(StrategyConstants constants, IReadOnlyList<Observation> trials, ViolationScales scales)
    {
        var ranks = new TrialRank[trials.Count];
        for (var i = 0; i < ranks.Length; i++)
        {
            ranks[i] = TrialRank.Of(trials[i], scales);
        }

        RankFronts(trials, ranks);
        var selection = new Selection(trials.Count);
        var order = Enumerable.Range(0, ranks.Length).OrderBy(at => ranks[at]).ToArray(); // stable: earlier trials first
        order.CopyTo(selection.Order, 0);
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

        selection.Mass = 1 / selection.Recombination.Sum(part => part * part);
        return selection;
    }

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
        var left = Enumerable.Range(0, ranks.Length).Where(at => ranks[at].IsComplete && trials[at].Losses.Length > 1).ToList();
        for (var next = 0; left.Count > 0;)
        {
            int[] front = [.. left.Where(at => !left.Exists(other => Pareto.Dominates(trials[other].Losses.AsSpan(), trials[at].Losses.AsSpan())))];
            ImmutableArray<double>[] losses = [.. front.Select(at => trials[at].Losses)];
            foreach (var chosen in SubsetSelection.Greedy([.. losses, losses[0]], front.Length).Where(at => at < front.Length))
            {
                ranks[front[chosen]] = TrialRank.Complete(next++);
            }

            left.RemoveAll(front.Contains);
        }
    }
}
