using System.Runtime.CompilerServices;

namespace HyperOpt.Numerics;

/// <summary>
/// How much room each vector of a front has: over the objectives, the sum of the distances between its two neighbours, as shares of the front's extent (Deb et al.
/// 2002, 10.1109/4235.996017). Infinite at the ends of each objective; an objective that does not vary is left out, and so are infinite distances between others.
/// </summary>
internal static class CrowdingDistance
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double[] Of(double[] rows, int objectives)
    {
        var count = rows.Length / objectives;
        var (room, keys, order) = (new double[count], new double[count], new int[count]);
        for (var objective = 0; objective < objectives; objective++)
        {
            for (var row = 0; row < count; row++)
            {
                (keys[row], order[row]) = (rows[row * objectives + objective], row);
            }

            Array.Sort(keys, order);
            if (count == 0 || keys[0] == keys[^1])
            {
                continue;
            }

            room[order[0]] = room[order[^1]] = double.PositiveInfinity;
            var extent = keys[^1] - keys[0];
            for (var i = 1; i + 1 < count; i++)
            {
                var between = keys[i + 1] - keys[i - 1];
                room[order[i]] += double.IsFinite(between) && double.IsFinite(extent) ? between / extent : 0;
            }
        }

        return room;
    }
}
