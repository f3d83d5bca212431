using System.Collections.Immutable;

namespace HyperOpt.Numerics;

/// <summary>
/// The volume that a set of loss vectors dominates, up to a reference point. Two objectives by a sweep; more by the method of
/// While, Bradstreet and Barone 2012 (WFG), 10.1109/TEVC.2010.2077298: the sum of what each point adds to those after it.
/// </summary>
internal static class Hypervolume
{
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

    /// <summary>The dominated volume. Points beyond the reference add nothing.</summary>
    /// <param name="points">Finite loss vectors.</param>
    /// <param name="reference">The reference point.</param>
    public static double Of(IEnumerable<ImmutableArray<double>> points, ImmutableArray<double> reference)
    {
        double[][] inside = [.. points.Where(point => IsBelow(point, reference)).Select(point => point.ToArray())];
        return inside.Length == 0 ? 0 : Volume(NonDominated(inside), [.. reference]);
    }

    private static bool IsBelow(ImmutableArray<double> point, ImmutableArray<double> reference)
    {
        for (var i = 0; i < point.Length; i++)
        {
            if (!(point[i] < reference[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static double Volume(double[][] front, double[] reference)
    {
        Array.Sort(front, static (one, other) => one[0] != other[0] ? one[0].CompareTo(other[0]) : one[1].CompareTo(other[1]));
        if (reference.Length == 2)
        {
            return Area(front, reference);
        }

        var sum = 0.0;
        for (var i = 0; i < front.Length; i++)
        {
            sum += Exclusive(front, i, reference);
        }

        return sum;
    }

    private static double Area(double[][] front, double[] reference)
    {
        var (sum, top) = (0.0, reference[1]);
        foreach (var point in front)
        {
            if (point[1] < top)
            {
                sum += (reference[0] - point[0]) * (top - point[1]);
                top = point[1];
            }
        }

        return sum;
    }

    // What a point adds to those after it: its own box less what they cover of it.
    private static double Exclusive(double[][] front, int at, double[] reference)
    {
        var box = 1.0;
        for (var i = 0; i < reference.Length; i++)
        {
            box *= reference[i] - front[at][i];
        }

        if (at == front.Length - 1)
        {
            return box;
        }

        var limited = new double[front.Length - at - 1][];
        for (var k = 0; k < limited.Length; k++)
        {
            limited[k] = [.. front[at + 1 + k].Zip(front[at], Math.Max)];
        }

        return box - Volume(NonDominated(limited), reference);
    }

    private static double[][] NonDominated(double[][] points)
    {
        var front = new List<double[]>();
        foreach (var point in points)
        {
            if (!front.Exists(other => Dominates(other, point) || other.AsSpan().SequenceEqual(point)))
            {
                front.RemoveAll(other => Dominates(point, other));
                front.Add(point);
            }
        }

        return [.. front];
    }
}
