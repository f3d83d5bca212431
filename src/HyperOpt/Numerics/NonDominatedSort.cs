using System.Runtime.CompilerServices;

namespace HyperOpt.Numerics;

/// <summary>
/// Sorts vectors into fronts: front 0 is dominated by none, front k by some of front k - 1. In lexicographic order a vector is dominated by earlier ones only, and
/// if some of a front dominate it, some of each front before do: so its front is found by bisection (Zhang et al. 2015, 10.1109/TEVC.2014.2308305).
/// </summary>
/// <remarks>
/// What must be known of a front depends on the objectives. Of two: the least second loss (patience sorting; Jensen 2003, 10.1109/TEVC.2003.817234). Of three:
/// the staircase of the last two losses. Of more: all its vectors.
/// </remarks>
internal static class NonDominatedSort
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int[] Line(double[] rows)
    {
        var order = Pareto.Order(rows, 1);
        var ranks = new int[order.Length];
        for (var i = 1; i < order.Length; i++)
        {
            ranks[order[i]] = ranks[order[i - 1]] + (rows[order[i]] > rows[order[i - 1]] ? 1 : 0);
        }

        return ranks;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int[] Plane(double[] rows)
    {
        var order = Pareto.Order(rows, 2);
        var (ranks, least, fronts) = (new int[order.Length], new double[order.Length], 0);
        for (var i = 0; i < order.Length; i++)
        {
            var row = order[i];
            if (IsRepeated(rows, 2, order, i))
            {
                ranks[row] = ranks[order[i - 1]];
                continue;
            }

            var second = rows[2 * row + 1];
            var (low, high) = (0, fronts); // the first front whose least is above; they ascend
            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = least[middle] <= second ? (middle + 1, high) : (low, middle);
            }

            (ranks[row], least[low]) = (low, second);
            fronts = Math.Max(fronts, low + 1);
        }

        return ranks;
    }

    public static int[] Space(double[] rows)
    {
        var order = Pareto.Order(rows, 3);
        var (ranks, fronts) = (new int[order.Length], new List<Staircase>());
        for (var i = 0; i < order.Length; i++)
        {
            var row = order[i];
            if (IsRepeated(rows, 3, order, i))
            {
                ranks[row] = ranks[order[i - 1]];
                continue;
            }

            var (y, z) = (rows[3 * row + 1], rows[3 * row + 2]);
            var (low, high) = (0, fronts.Count);
            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = fronts[middle].Covers(y, z) ? (middle + 1, high) : (low, middle);
            }

            if (low == fronts.Count)
            {
                fronts.Add(new Staircase());
            }

            ranks[row] = low;
            fronts[low].Add(y, z);
        }

        return ranks;
    }

    public static int[] Many(double[] rows, int objectives)
    {
        var order = Pareto.Order(rows, objectives);
        var (ranks, fronts) = (new int[order.Length], new List<List<int>>());
        for (var i = 0; i < order.Length; i++)
        {
            var row = order[i];
            if (IsRepeated(rows, objectives, order, i))
            {
                ranks[row] = ranks[order[i - 1]];
                continue;
            }

            var (low, high) = (0, fronts.Count);
            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = IsCovered(rows, objectives, fronts[middle], row) ? (middle + 1, high) : (low, middle);
            }

            if (low == fronts.Count)
            {
                fronts.Add([]);
            }

            ranks[row] = low;
            fronts[low].Add(row);
        }

        return ranks;
    }

    // The latest first: they are the nearest in the first loss. No need to look at that one.
    private static bool IsCovered(double[] rows, int objectives, List<int> front, int row)
    {
        var mine = rows.AsSpan(row * objectives + 1, objectives - 1);
        for (var i = front.Count - 1; i >= 0; i--)
        {
            var theirs = rows.AsSpan(front[i] * objectives + 1, objectives - 1);
            var at = 0;
            while (at < mine.Length && theirs[at] <= mine[at])
            {
                at++;
            }

            if (at == mine.Length)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsRepeated(double[] rows, int objectives, int[] order, int i) =>
        i > 0 && rows.AsSpan(order[i] * objectives, objectives).SequenceEqual(rows.AsSpan(order[i - 1] * objectives, objectives));
}
