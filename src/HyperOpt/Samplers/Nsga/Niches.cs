using System.Collections.Immutable;
using HyperOpt.Numerics;
using HyperOpt.Trials;

namespace HyperOpt.Samplers.Nsga;

/// <summary>
/// NSGA-III's view of a population: each member belongs to the reference direction that it is nearest to, in units of the first front's extent. A member goes from
/// where most are.
/// </summary>
internal static class Niches
{
    /// <summary>The member of the last front that goes.</summary>
    public static int Worst(ImmutableArray<Observation> members, int[] ranks, int[] last, double[] directions)
    {
        var objectives = members[last[0]].Losses.Length;
        int[] feasible = [.. Enumerable.Range(0, members.Length).Where(at => ranks[at] <= ranks[last[0]])];
        var rows = SubsetSelection.Clip(Pareto.Rows([.. feasible.Select(at => members[at].Losses)]), objectives);
        Scale(rows, [.. feasible.Select(at => ranks[at] == 0)], objectives);
        var counts = new int[directions.Length / objectives];
        var (niches, distances) = (new int[feasible.Length], new double[feasible.Length]);
        for (var i = 0; i < feasible.Length; i++)
        {
            (niches[i], distances[i]) = Nearest(rows.AsSpan(i * objectives, objectives), directions);
            counts[niches[i]]++;
        }

        return Enumerable.Range(0, feasible.Length).Where(i => ranks[feasible[i]] == ranks[last[0]])
            .MaxBy(i => (counts[niches[i]], distances[i], -i)) is var goes ? feasible[goes] : last[0];
    }

    // From the ideal point, in units of the way to the worst of the first front.
    private static void Scale(double[] rows, bool[] isFirst, int objectives)
    {
        for (var objective = 0; objective < objectives; objective++)
        {
            var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
            for (var i = 0; i < isFirst.Length; i++)
            {
                var loss = rows[i * objectives + objective];
                (low, high) = (Math.Min(low, loss), isFirst[i] ? Math.Max(high, loss) : high);
            }

            var extent = high > low ? high - low : 1;
            for (var at = objective; at < rows.Length; at += objectives)
            {
                rows[at] = (rows[at] - low) / extent;
            }
        }
    }

    private static (int Niche, double Distance) Nearest(ReadOnlySpan<double> row, double[] directions)
    {
        var (niche, least) = (0, double.PositiveInfinity);
        var square = 0.0;
        foreach (var loss in row)
        {
            square += loss * loss;
        }

        for (var begin = 0; begin < directions.Length; begin += row.Length)
        {
            var (along, length) = (0.0, 0.0);
            for (var i = 0; i < row.Length; i++)
            {
                along += row[i] * directions[begin + i];
                length += directions[begin + i] * directions[begin + i];
            }

            var distance = square - along * along / length;
            if (distance < least)
            {
                (niche, least) = (begin / row.Length, distance);
            }
        }

        return (niche, least);
    }
}
