using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace HyperOpt.Numerics;

/// <summary>The ranks of numbers, from 1 for the least; equal ones share their mean rank.</summary>
internal static class Ranks
{
    /// <summary>Twice the rank of each, which is a whole number.</summary>
    /// <param name="values">No NaN.</param>
    public static int[] Doubled(ReadOnlySpan<double> values)
    {
        var n = values.Length;
        var (sorted, order, ranks) = (values.ToArray(), new int[n], new int[n]);
        for (var i = 0; i < n; i++)
        {
            order[i] = i;
        }

        Array.Sort(sorted, order);
        for (var from = 0; from < n;)
        {
            var to = from;
            while (to < n && sorted[to] == sorted[from])
            {
                to++;
            }

            for (var i = from; i < to; i++)
            {
                ranks[order[i]] = from + to + 1; // twice the mean of from + 1, …, to
            }

            from = to;
        }

        return ranks;
    }

    /// <summary>The place of each in their order, from 0 for the least; of equals the first goes first. For some hundreds: each is compared with all.</summary>
    /// <param name="values">No NaN.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int[] Ordinal(ReadOnlySpan<double> values)
    {
        const int lanes = 8;
        var padded = new double[(values.Length + lanes - 1) & -lanes];
        values.CopyTo(padded);
        padded.AsSpan(values.Length).Fill(double.PositiveInfinity);
        var places = new int[values.Length];
        for (var i = 0; i < places.Length; i++)
        {
            var value = Vector512.Create(padded[i]);
            var own = i & -lanes;
            for (var j = 0; j < own; j += lanes)
            {
                places[i] += BitOperations.PopCount(Vector512.LessThanOrEqual(Vector512.Create<double>(padded.AsSpan(j, lanes)), value).ExtractMostSignificantBits());
            }

            var beside = Vector512.Create<double>(padded.AsSpan(own, lanes));
            var before = Vector512.Equals(beside, value).ExtractMostSignificantBits() & ((1ul << (i - own)) - 1);
            places[i] += BitOperations.PopCount(Vector512.LessThan(beside, value).ExtractMostSignificantBits() | before);
            for (var j = own + lanes; j < padded.Length; j += lanes)
            {
                places[i] += BitOperations.PopCount(Vector512.LessThan(Vector512.Create<double>(padded.AsSpan(j, lanes)), value).ExtractMostSignificantBits());
            }
        }

        return places;
    }

    /// <summary>The correlation of the ranks of two sets of numbers (Spearman 1904, 10.2307/1412159); 0 where one of them is all the same.</summary>
    /// <param name="one">No NaN.</param>
    /// <param name="other">As many, no NaN.</param>
    public static double Correlation(ReadOnlySpan<double> one, ReadOnlySpan<double> other)
    {
        var (first, second) = (Doubled(one), Doubled(other));
        var mean = one.Length + 1; // of doubled ranks
        var (product, square, square2) = (0.0, 0.0, 0.0);
        for (var i = 0; i < first.Length; i++)
        {
            product += (double)(first[i] - mean) * (second[i] - mean);
            square += (double)(first[i] - mean) * (first[i] - mean);
            square2 += (double)(second[i] - mean) * (second[i] - mean);
        }

        return square > 0 && square2 > 0 ? product / Math.Sqrt(square * square2) : 0;
    }
}
