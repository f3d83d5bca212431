using System.Collections.Immutable;

namespace HyperOpt.Numerics;

/// <summary>
/// Chooses the points of a front that together dominate most: greedily, which is within 1 - 1/e of the best (Nemhauser et al. 1978,
/// 10.1007/BF01588971), and lazily, since what a point adds never grows.
/// </summary>
internal static class SubsetSelection
{
    /// <summary>The indices chosen, in the order of choice.</summary>
    /// <param name="points">Loss vectors; infinite ones count as somewhat worse than the worst finite.</param>
    /// <param name="count">How many to choose; all if there are not more.</param>
    public static ImmutableArray<int> Greedy(ImmutableArray<double>[] points, int count)
    {
        if (count >= points.Length)
        {
            return [.. Enumerable.Range(0, points.Length)];
        }

        var objectives = points[0].Length;
        var (finite, chosen) = (Clip(Pareto.Rows(points), objectives), new double[count * objectives]);
        var reference = Reference(finite, objectives);
        var (stairs, order) = (new Staircase(), ImmutableArray.CreateBuilder<int>(count));
        double Gain(int at) => objectives == 2
            ? stairs.Gain(finite[2 * at], finite[2 * at + 1], reference[0], reference[1])
            : Hypervolume.Gain(finite.AsSpan(at * objectives, objectives), chosen.AsSpan(0, order.Count * objectives), reference);
        var bounds = new PriorityQueue<int, (double, int)>(Enumerable.Range(0, points.Length).Select(at => (at, (-Gain(at), at))));
        while (order.Count < count)
        {
            var candidate = bounds.Dequeue();
            var gain = Gain(candidate);
            if (bounds.Count == 0 || (-gain, candidate).CompareTo(Top(bounds)) <= 0)
            {
                finite.AsSpan(candidate * objectives, objectives).CopyTo(chosen.AsSpan(order.Count * objectives));
                order.Add(candidate);
                if (objectives == 2)
                {
                    stairs.Add(finite[2 * candidate], finite[2 * candidate + 1]);
                }
            }
            else
            {
                bounds.Enqueue(candidate, (-gain, candidate));
            }
        }

        return order.ToImmutable();
    }

    private static (double, int) Top(PriorityQueue<int, (double, int)> bounds)
    {
        bounds.TryPeek(out _, out var priority);
        return priority;
    }

    /// <summary>Rows with infinite losses set beyond the finite ones of that objective, by as much as those differ.</summary>
    internal static double[] Clip(double[] rows, int objectives)
    {
        var clipped = (double[])rows.Clone();
        for (var objective = 0; objective < objectives; objective++)
        {
            var (least, most) = (double.PositiveInfinity, double.NegativeInfinity);
            for (var at = objective; at < rows.Length; at += objectives)
            {
                (least, most) = double.IsFinite(rows[at]) ? (Math.Min(least, rows[at]), Math.Max(most, rows[at])) : (least, most);
            }

            (least, most) = least <= most ? (least, most) : (0, 1);
            var margin = most > least ? most - least : 1;
            for (var at = objective; at < rows.Length; at += objectives)
            {
                clipped[at] = Math.Clamp(rows[at], least - margin, most + margin);
            }
        }

        return clipped;
    }

    // A little beyond the worst of each objective, whatever its sign.
    private static double[] Reference(double[] rows, int objectives)
    {
        var reference = new double[objectives];
        for (var objective = 0; objective < objectives; objective++)
        {
            var worst = double.NegativeInfinity;
            for (var at = objective; at < rows.Length; at += objectives)
            {
                worst = Math.Max(worst, rows[at]);
            }

            var beyond = Math.Max(1.1 * worst, 0.9 * worst);
            reference[objective] = beyond == 0 ? 1e-12 : beyond;
        }

        return reference;
    }
}
