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

        var finite = Clip(points);
        var reference = Reference(finite);
        var bounds = new PriorityQueue<int, (double, int)>();
        for (var i = 0; i < finite.Length; i++)
        {
            bounds.Enqueue(i, (-Hypervolume.Of([finite[i]], reference), i));
        }

        var chosen = ImmutableArray.CreateBuilder<int>(count);
        var volume = 0.0;
        while (chosen.Count < count)
        {
            var candidate = bounds.Dequeue();
            var gain = Hypervolume.Of([.. chosen.Select(at => finite[at]), finite[candidate]], reference) - volume;
            if (bounds.Count == 0 || (-gain, candidate).CompareTo(Top(bounds)) <= 0)
            {
                chosen.Add(candidate);
                volume += gain;
            }
            else
            {
                bounds.Enqueue(candidate, (-gain, candidate));
            }
        }

        return chosen.ToImmutable();
    }

    private static (double, int) Top(PriorityQueue<int, (double, int)> bounds)
    {
        bounds.TryPeek(out _, out var priority);
        return priority;
    }

    // A little beyond the worst of each objective, whatever its sign.
    private static ImmutableArray<double> Reference(ImmutableArray<double>[] points) =>
        [.. Enumerable.Range(0, points[0].Length).Select(objective =>
        {
            var worst = points.Max(point => point[objective]);
            var reference = Math.Max(1.1 * worst, 0.9 * worst);
            return reference == 0 ? 1e-12 : reference;
        })];

    private static ImmutableArray<double>[] Clip(ImmutableArray<double>[] points)
    {
        var objectives = points[0].Length;
        var (low, high) = (new double[objectives], new double[objectives]);
        for (var objective = 0; objective < objectives; objective++)
        {
            double[] finite = [.. points.Select(point => point[objective]).Where(double.IsFinite)];
            var (least, most) = finite.Length == 0 ? (0.0, 1.0) : (finite.Min(), finite.Max());
            var margin = most > least ? most - least : 1;
            (low[objective], high[objective]) = (least - margin, most + margin);
        }

        return [.. points.Select(point => (ImmutableArray<double>)[.. point.Select((loss, objective) => Math.Clamp(loss, low[objective], high[objective]))])];
    }
}
