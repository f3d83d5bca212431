using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace HyperOpt.Numerics;

/// <summary>
/// Dominance among loss vectors: no worse in every objective, and better in one. Equal vectors do not dominate each other and stand in the same front.
/// Losses may be infinite, never NaN. Many vectors are the rows of one array.
/// </summary>
internal static class Pareto
{
    /// <summary>So many rows are ordered by comparing all with all, which is faster for them.</summary>
    private const int MostCompared = 128;

    /// <summary>Whether one vector is nowhere worse than another, and somewhere better.</summary>
    public static bool Dominates(ReadOnlySpan<double> one, ReadOnlySpan<double> other)
    {
        var isBetter = false;
        for (var i = 0; i < one.Length; i++)
        {
            if (one[i] > other[i])
            {
                return false;
            }

            isBetter |= one[i] < other[i];
        }

        return isBetter;
    }

    /// <summary>Vectors as the rows of one array.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double[] Rows(ReadOnlySpan<ImmutableArray<double>> vectors)
    {
        if (vectors.IsEmpty)
        {
            return [];
        }

        var objectives = vectors[0].Length;
        var rows = new double[vectors.Length * objectives];
        for (var row = 0; row < vectors.Length; row++)
        {
            vectors[row].CopyTo(rows, row * objectives);
        }

        return rows;
    }

    /// <summary>The front in which each row stands, counted from 0.</summary>
    /// <remarks>In n rows: O(n log n) of two objectives, O(n log² n) comparisons of three; of more, at most O(n²) comparisons of rows.</remarks>
    public static int[] Ranks(double[] rows, int objectives) => objectives switch
    {
        1 => NonDominatedSort.Line(rows),
        2 => NonDominatedSort.Plane(rows),
        3 => NonDominatedSort.Space(rows),
        _ => NonDominatedSort.Many(rows, objectives),
    };

    /// <summary>The rows that no other dominates, ascending.</summary>
    public static int[] Front(double[] rows, int objectives)
    {
        var front = new List<int>();
        if (objectives <= 3)
        {
            var ranks = Ranks(rows, objectives);
            for (var row = 0; row < ranks.Length; row++)
            {
                if (ranks[row] == 0)
                {
                    front.Add(row);
                }
            }

            return [.. front];
        }

        // In lexicographic order none is dominated by a later one.
        foreach (var row in Order(rows, objectives))
        {
            var isDominated = false;
            for (var i = front.Count - 1; i >= 0 && !isDominated; i--)
            {
                isDominated = Dominates(rows.AsSpan(front[i] * objectives, objectives), rows.AsSpan(row * objectives, objectives));
            }

            if (!isDominated)
            {
                front.Add(row);
            }
        }

        front.Sort();
        return [.. front];
    }

    /// <summary>The same, of vectors; with each value once, the earliest, if asked for.</summary>
    public static ImmutableArray<int> Front(ReadOnlySpan<ImmutableArray<double>> vectors, bool isDistinct = false)
    {
        if (vectors.IsEmpty)
        {
            return [];
        }

        var front = Front(Rows(vectors), vectors[0].Length);
        if (!isDistinct)
        {
            return ImmutableCollectionsMarshal.AsImmutableArray(front);
        }

        var (kept, seen) = (new List<int>(front.Length), new HashSet<ImmutableArray<double>>(new ValueComparer()));
        foreach (var row in front)
        {
            if (seen.Add(vectors[row]))
            {
                kept.Add(row);
            }
        }

        return [.. kept];
    }

    /// <summary>The rows in lexicographic order, equal ones by their place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int[] Order(double[] rows, int objectives)
    {
        var count = rows.Length / objectives;
        var (keys, order) = (new double[count], new int[count]);
        for (var row = 0; row < count; row++)
        {
            (keys[row], order[row]) = (rows[row * objectives], row);
        }

        if (count <= MostCompared)
        {
            var places = Numerics.Ranks.Ordinal(keys);
            for (var row = 0; row < count; row++)
            {
                (order[places[row]], keys[places[row]]) = (row, rows[row * objectives]);
            }

            if (objectives == 1)
            {
                return order;
            }
        }
        else
        {
            Array.Sort(keys, order);
        }

        var rest = Comparer<int>.Create((one, other) =>
        {
            var sign = rows.AsSpan(one * objectives, objectives).SequenceCompareTo(rows.AsSpan(other * objectives, objectives));
            return sign != 0 ? sign : one.CompareTo(other);
        });
        for (var begin = 0; begin < count;)
        {
            var end = begin + 1;
            while (end < count && keys[end] == keys[begin])
            {
                end++;
            }

            if (end - begin > 1)
            {
                Array.Sort(order, begin, end - begin, rest);
            }

            begin = end;
        }

        return order;
    }

    private sealed class ValueComparer : IEqualityComparer<ImmutableArray<double>>
    {
        public bool Equals(ImmutableArray<double> x, ImmutableArray<double> y) => x.AsSpan().SequenceEqual(y.AsSpan());

        public int GetHashCode(ImmutableArray<double> vector)
        {
            var hash = default(HashCode);
            foreach (var loss in vector)
            {
                hash.Add(loss);
            }

            return hash.ToHashCode();
        }
    }
}
