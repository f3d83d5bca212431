using System.Collections.Immutable;
using HyperOpt.Numerics;

namespace HyperOpt.Samplers.GaussianProcess;

/// <summary>What no point of a front dominates, below a reference point, cut into boxes; of two or three objectives.</summary>
internal sealed class BoxDecomposition
{
    private BoxDecomposition(double[][] edges, List<int> lows, List<int> highs)
    {
        (Edges, Lows, Highs) = (edges, [.. lows], [.. highs]);
    }

    /// <summary>For each objective the coordinates at which boxes begin or end; the first is -∞.</summary>
    public double[][] Edges { get; }

    /// <summary>Box after box, for each objective the index of the edge where it begins.</summary>
    public int[] Lows { get; }

    /// <summary>The same of where it ends.</summary>
    public int[] Highs { get; }

    /// <summary>Of points that do not dominate one another, below the reference.</summary>
    public static BoxDecomposition Create(IEnumerable<ImmutableArray<double>> front, double[] reference)
    {
        ImmutableArray<double>[] points = [.. front];
        double[][] edges = [.. reference.Select((end, objective) =>
            (double[])[double.NegativeInfinity, .. points.Select(point => point[objective]).Distinct().Order(), end])];
        var (lows, highs) = (new List<int>(), new List<int>());
        int Edge(int objective, double value) => Array.BinarySearch(edges[objective], value);
        if (reference.Length == 2)
        {
            AddStrips(points, [], []);
        }
        else
        {
            // Between two neighbouring values of the third objective, the points below dominate as they do in the plane.
            for (var slab = 0; slab + 1 < edges[2].Length; slab++)
            {
                AddStrips([.. points.Where(point => point[2] <= edges[2][slab])], [slab], [slab + 1]);
            }
        }

        return new BoxDecomposition(edges, lows, highs);

        void AddStrips(ImmutableArray<double>[] below, int[] low, int[] high)
        {
            var (left, top) = (0, edges[1].Length - 1);
            foreach (var point in below.OrderBy(point => point[0]).ThenBy(point => point[1]))
            {
                var (x, y) = (Edge(0, point[0]), Edge(1, point[1]));
                if (y >= top)
                {
                    continue;
                }

                Add(left, x, top);
                (left, top) = (x, y);
            }

            Add(left, edges[0].Length - 1, top);

            void Add(int from, int to, int height)
            {
                if (to > from)
                {
                    lows.AddRange([from, 0, .. low]);
                    highs.AddRange([to, height, .. high]);
                }
            }
        }
    }

    /// <summary>Which of some loss vectors no other dominates, each value once.</summary>
    public static List<ImmutableArray<double>> Front(IEnumerable<ImmutableArray<double>> points)
    {
        ImmutableArray<double>[] all = [.. points];
        return [.. Pareto.Front(all, isDistinct: true).Select(at => all[at])];
    }
}
