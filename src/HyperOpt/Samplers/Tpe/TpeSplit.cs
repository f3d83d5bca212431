using System.Runtime.CompilerServices;
using HyperOpt.Trials;

namespace HyperOpt.Samplers.Tpe;

/// <summary>Which trials count as good, which as the rest.</summary>
/// <param name="Below">The good ones, best first.</param>
/// <param name="Above">The others that ended with something to learn from, in order.</param>
/// <param name="IsRanked">Whether the order among the good ones means something.</param>
internal readonly record struct TpeSplit(int[] Below, int[] Above, bool IsRanked)
{
    /// <summary>The share of trials that count as good.</summary>
    public const double GoodShare = 0.1;

    private const int MaxGood = 25;

    /// <summary>Splits a history whose memo has caught up with it.</summary>
    public static TpeSplit Of(TrialHistory history, TpeMemo memo) => history.Objectives == 1 ? OfOne(memo) : OfSeveral(history);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TpeSplit OfOne(TpeMemo memo)
    {
        var order = memo.Losses;
        var good = Math.Min((int)Math.Ceiling(GoodShare * order.Count), MaxGood);
        var below = new int[good];
        for (var rank = 0; rank < good; rank++)
        {
            below[rank] = order.RowAt(rank);
        }

        var isGood = new bool[memo.Count];
        foreach (var row in below)
        {
            isGood[row] = true;
        }

        var above = new List<int>(order.Count - good);
        foreach (var row in order.Usable)
        {
            if (!isGood[row])
            {
                above.Add(row);
            }
        }

        return new TpeSplit(below, [.. above], true);
    }

    // No cap with several objectives: a front needs many points.
    private static TpeSplit OfSeveral(TrialHistory history)
    {
        var rows = history.Finished;
        int[] usable = [.. Enumerable.Range(0, rows.Count).Where(row => rows[row].State is TrialState.Completed or TrialState.Pruned)];
        int[] feasible = [.. usable.Where(row => rows[row] is { State: TrialState.Completed, IsFeasible: true })];
        var good = (int)Math.Ceiling(GoodShare * usable.Length);
        var below = ParetoRanking.Best([.. feasible.Select(row => rows[row].Losses)], good).Select(at => feasible[at]).ToList();
        if (below.Count < good)
        {
            var scales = ViolationScales.Of(rows);
            below.AddRange(usable.Except(feasible)
                .OrderBy(row => rows[row].IsFeasible ? 0 : 1).ThenBy(row => scales.Total(rows[row])).ThenBy(row => row)
                .Take(good - below.Count));
        }

        return new TpeSplit([.. below], [.. usable.Except(below)], false);
    }
}
