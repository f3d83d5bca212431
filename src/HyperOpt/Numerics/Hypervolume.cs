using System.Collections.Immutable;

namespace HyperOpt.Numerics;

/// <summary>
/// The volume that a set of loss vectors dominates, below a reference point: exactly. Vectors that are not below it in each objective add nothing; dominated and
/// repeated ones do no harm. Without bound, of a reference or of a loss, the volume is infinite.
/// </summary>
/// <remarks>
/// Two objectives by a sweep of the plane and three by a sweep of the staircases under a plane that rises (Beume et al. 2009, 10.1109/TEVC.2009.2015575), both in
/// O(n log n) comparisons. More by the sum of what each vector adds to those before it: its box less what they cover of it (While, Bradstreet and Barone 2012,
/// 10.1109/TEVC.2010.2077298). Those before it are the ones of a lower last loss, so each term is of one objective less.
/// </remarks>
internal static class Hypervolume
{
    /// <summary>The dominated volume.</summary>
    /// <param name="rows">Loss vectors, one after the other.</param>
    /// <param name="reference">The reference point.</param>
    public static double Of(double[] rows, ReadOnlySpan<double> reference)
    {
        var inside = Inside(rows, reference);
        return inside.Length == 0 ? 0 : IsInfinite(inside, reference) ? double.PositiveInfinity : Volume(inside, reference);
    }

    /// <summary>The dominated volume.</summary>
    public static double Of(IEnumerable<ImmutableArray<double>> vectors, ImmutableArray<double> reference) =>
        Of(Pareto.Rows([.. vectors]), reference.AsSpan());

    /// <summary>By how much the volume of some vectors grows with one more.</summary>
    /// <param name="vector">That one.</param>
    /// <param name="others">The others, as rows.</param>
    /// <param name="reference">The reference point.</param>
    public static double Gain(ReadOnlySpan<double> vector, ReadOnlySpan<double> others, ReadOnlySpan<double> reference)
    {
        if (!IsBelow(vector, reference))
        {
            return 0;
        }

        var limited = Limit(others, vector, reference);
        limited = reference.Length > 3 ? Thin(limited, reference.Length) : limited;
        return IsInfinite([.. vector], reference) ? double.PositiveInfinity : Math.Max(0, Box(vector, reference) - Volume(limited, reference));
    }

    /// <summary>The volume of the box between a vector and the reference point.</summary>
    internal static double Box(ReadOnlySpan<double> vector, ReadOnlySpan<double> reference)
    {
        var box = 1.0;
        for (var i = 0; i < reference.Length; i++)
        {
            box *= reference[i] - vector[i];
        }

        return box;
    }

    /// <summary>The parts of the boxes of some vectors that lie in the box of one, as vectors; those that have none are left out.</summary>
    internal static double[] Limit(ReadOnlySpan<double> rows, ReadOnlySpan<double> vector, ReadOnlySpan<double> reference)
    {
        var objectives = reference.Length;
        var (limited, count) = (new double[rows.Length], 0);
        for (var begin = 0; begin < rows.Length; begin += objectives)
        {
            var isBelow = true;
            for (var i = 0; i < objectives; i++)
            {
                var loss = Math.Max(rows[begin + i], vector[i]);
                limited[count + i] = loss;
                isBelow &= loss < reference[i];
            }

            count += isBelow ? objectives : 0;
        }

        return limited.AsSpan(0, count).ToArray();
    }

    internal static bool IsBelow(ReadOnlySpan<double> vector, ReadOnlySpan<double> reference)
    {
        for (var i = 0; i < reference.Length; i++)
        {
            if (!(vector[i] < reference[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static double[] Inside(double[] rows, ReadOnlySpan<double> reference)
    {
        var objectives = reference.Length;
        var (inside, count) = (new double[rows.Length], 0);
        for (var begin = 0; begin < rows.Length; begin += objectives)
        {
            var row = rows.AsSpan(begin, objectives);
            if (IsBelow(row, reference))
            {
                row.CopyTo(inside.AsSpan(count));
                count += objectives;
            }
        }

        return count == rows.Length ? inside : inside.AsSpan(0, count).ToArray();
    }

    private static bool IsInfinite(double[] inside, ReadOnlySpan<double> reference) =>
        reference.Contains(double.PositiveInfinity) || inside.Contains(double.NegativeInfinity);

    // Of finite vectors below a finite reference.
    private static double Volume(double[] rows, ReadOnlySpan<double> reference) => reference.Length switch
    {
        1 => rows.Length == 0 ? 0 : reference[0] - rows.Min(),
        2 => Area(rows, reference),
        3 => Swept(rows, reference),
        _ => Summed(rows, reference),
    };

    private static double Area(double[] rows, ReadOnlySpan<double> reference)
    {
        var (sum, top) = (0.0, reference[1]);
        foreach (var row in Pareto.Order(rows, 2))
        {
            var (x, y) = (rows[2 * row], rows[2 * row + 1]);
            if (y < top)
            {
                sum += (reference[0] - x) * (top - y);
                top = y;
            }
        }

        return sum;
    }

    private static double Swept(double[] rows, ReadOnlySpan<double> reference)
    {
        var (stairs, sum, area, height) = (new Staircase(), 0.0, 0.0, reference[2]);
        foreach (var row in ByLast(rows, 3))
        {
            var z = rows[3 * row + 2];
            sum += area * (z - height);
            height = z;
            area += stairs.Add(rows[3 * row], rows[3 * row + 1], reference[0], reference[1]);
        }

        return sum + area * (reference[2] - height);
    }

    private static double Summed(double[] rows, ReadOnlySpan<double> reference)
    {
        var objectives = reference.Length;
        var below = reference[..^1];
        var (before, count, sum) = (new double[rows.Length], 0, 0.0);
        foreach (var row in ByLast(rows, objectives))
        {
            var vector = rows.AsSpan(row * objectives, objectives - 1);
            var limited = Limit(before.AsSpan(0, count), vector, below);
            if (limited.Length > 0 && objectives > 4)
            {
                limited = Thin(limited, below.Length);
            }

            sum += Math.Max(0, Box(vector, below) - Volume(limited, below)) * (reference[^1] - rows[row * objectives + objectives - 1]);
            vector.CopyTo(before.AsSpan(count));
            count += vector.Length;
        }

        return sum;
    }

    // Without those that others dominate or equal, in place: each level of the recursion would pay for them.
    private static double[] Thin(double[] rows, int objectives)
    {
        var count = 0;
        for (var begin = 0; begin < rows.Length; begin += objectives)
        {
            var row = rows.AsSpan(begin, objectives);
            var (isCovered, kept) = (false, 0);
            for (var at = 0; at < count && !isCovered; at += objectives)
            {
                isCovered = Covers(rows.AsSpan(at, objectives), row);
            }

            if (isCovered)
            {
                continue;
            }

            for (var at = 0; at < count; at += objectives)
            {
                if (!Covers(row, rows.AsSpan(at, objectives)))
                {
                    rows.AsSpan(at, objectives).CopyTo(rows.AsSpan(kept));
                    kept += objectives;
                }
            }

            row.CopyTo(rows.AsSpan(kept));
            count = kept + objectives;
        }

        return count == rows.Length ? rows : rows.AsSpan(0, count).ToArray();
    }

    private static bool Covers(ReadOnlySpan<double> one, ReadOnlySpan<double> other)
    {
        for (var i = 0; i < one.Length; i++)
        {
            if (one[i] > other[i])
            {
                return false;
            }
        }

        return true;
    }

    private static int[] ByLast(double[] rows, int objectives)
    {
        var count = rows.Length / objectives;
        var (keys, order) = (new double[count], new int[count]);
        for (var row = 0; row < count; row++)
        {
            (keys[row], order[row]) = (rows[row * objectives + objectives - 1], row);
        }

        Array.Sort(keys, order);
        return order;
    }
}
