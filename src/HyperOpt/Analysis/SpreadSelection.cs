using HyperOpt.Numerics;
using HyperOpt.Spaces;

namespace HyperOpt.Analysis;

/// <summary>
/// Chooses trials that lie apart. A search crowds around its optimum; hyperparameters fitted to the crowd are those of one corner, where the whole space is asked for.
/// </summary>
internal static class SpreadSelection
{
    private const int Least = 20;
    private const double Crowded = 0.05;

    /// <summary>
    /// The positions of some points, each chosen as the farthest from those before it (Gonzalez 1985, 10.1016/0304-3975(85)90224-5), until there are enough, or the rest lie nearer
    /// to a chosen one than nineteen in twenty of as many random points do to their neighbours. In ascending order.
    /// </summary>
    /// <param name="parameters">The axes.</param>
    /// <param name="points">Coordinates; NaN where inactive.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="seed">Of the random points.</param>
    public static int[] Of(IReadOnlyList<Parameter> parameters, IReadOnlyList<double[]> points, int most, ulong seed)
    {
        var limit = points.Count <= most ? UsualGap(parameters, points.Count, seed) : 0;
        var gaps = new double[points.Count];
        gaps.AsSpan().Fill(double.PositiveInfinity);
        var chosen = new List<int>();
        for (var next = 0; chosen.Count < Math.Min(most, points.Count) && (gaps[next] >= limit || chosen.Count < Least);)
        {
            chosen.Add(next);
            var last = points[next];
            gaps[next] = double.NegativeInfinity;
            next = chosen[0];
            for (var at = 0; at < gaps.Length; at++)
            {
                gaps[at] = Math.Min(gaps[at], Distance(parameters, points[at], last));
                next = gaps[at] > gaps[next] ? at : next;
            }
        }

        return [.. chosen.Order()];
    }

    // The distance to the nearest of as many random points that one in twenty falls short of.
    private static double UsualGap(IReadOnlyList<Parameter> parameters, int count, ulong seed)
    {
        var random = StreamSeed.Create(seed, count, "importance.gap");
        double[][] points = [.. Enumerable.Range(0, count).Select(_ => parameters.Select(parameter => parameter.Snap(random.NextDouble())).ToArray())];
        double[] gaps = [.. points.Select(point => points.Where(other => other != point).Min(other => Distance(parameters, point, other)))];
        Array.Sort(gaps);
        return gaps[(int)(Crowded * count)];
    }

    // Squared; a category or an activity that differs is as far as an axis is long.
    private static double Distance(IReadOnlyList<Parameter> parameters, double[] one, double[] other)
    {
        var sum = 0.0;
        for (var axis = 0; axis < one.Length; axis++)
        {
            var difference = one[axis] - other[axis];
            sum += one[axis] == other[axis] || (double.IsNaN(one[axis]) && double.IsNaN(other[axis])) ? 0
                : !parameters[axis].IsOrdered || double.IsNaN(difference) ? 1
                : difference * difference;
        }

        return sum;
    }
}
