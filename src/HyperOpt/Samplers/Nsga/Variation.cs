using System.Runtime.CompilerServices;
using HyperOpt.Spaces;

namespace HyperOpt.Samplers.Nsga;

/// <summary>How a child comes from two parents on one axis, by its kind. All in coordinates of [0,1].</summary>
internal static class Variation
{
    /// <summary>
    /// Simulated binary crossover within bounds: the child is distributed around one of the parents, as far as they are apart (Deb and Agrawal 1995, Complex Systems
    /// 9; the bounds as in Deb 2000, 10.1016/S0045-7825(99)00389-8).
    /// </summary>
    /// <param name="one">A coordinate.</param>
    /// <param name="other">Another.</param>
    /// <param name="index">The greater, the nearer to the parents.</param>
    /// <param name="isLow">Near the lower parent, or the higher.</param>
    /// <param name="unit">The chance, in [0,1).</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Cross(double one, double other, double index, bool isLow, double unit)
    {
        var (low, high) = (Math.Min(one, other), Math.Max(one, other));
        var apart = high - low;
        if (apart < 1e-14)
        {
            return one;
        }

        var alpha = 2 - Math.Pow(1 + 2 * (isLow ? low : 1 - high) / apart, -(index + 1));
        var spread = Math.Pow(unit <= 1 / alpha ? unit * alpha : 1 / (2 - unit * alpha), 1 / (index + 1));
        return Math.Clamp(0.5 * (low + high + (isLow ? -spread : spread) * apart), 0, 1);
    }

    /// <summary>Polynomial mutation within bounds (Deb and Goyal 1996, Computer Science and Informatics 26; the bounds as in Deb and Deb 2014, 10.1504/IJAISC.2014.059280).</summary>
    /// <param name="value">A coordinate.</param>
    /// <param name="index">The greater, the nearer.</param>
    /// <param name="unit">The chance, in [0,1).</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Mutate(double value, double index, double unit)
    {
        var step = unit < 0.5
            ? Math.Pow(2 * unit + (1 - 2 * unit) * Math.Pow(1 - value, index + 1), 1 / (index + 1)) - 1
            : 1 - Math.Pow(2 * (1 - unit) + (2 * unit - 1) * Math.Pow(value, index + 1), 1 / (index + 1));
        return Math.Clamp(value + step, 0, 1);
    }

    /// <summary>Another value of an axis: of categories any other, of a list or grid at least the next.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Mutate(Parameter axis, double value, double index, Random random)
    {
        if (axis.Cardinality is not { } levels)
        {
            return Mutate(value, index, random.NextDouble());
        }

        var from = axis.LevelOf(axis.CodeAt(value));
        if (levels == 1)
        {
            return value;
        }

        if (!axis.IsOrdered)
        {
            var other = random.NextInt64(levels - 1);
            return axis.UnitOf(axis.CodeOfLevel(other < from ? other : other + 1));
        }

        var mutated = Mutate(value, index, random.NextDouble());
        var to = axis.LevelOf(axis.CodeAt(mutated));
        to = to == from ? from + (from == 0 || (mutated > value && from < levels - 1) ? 1 : -1) : to;
        return axis.UnitOf(axis.CodeOfLevel(to));
    }
}
