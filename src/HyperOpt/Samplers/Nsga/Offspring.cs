using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using HyperOpt.Spaces;

namespace HyperOpt.Samplers.Nsga;

/// <summary>Makes children of two points of a space.</summary>
/// <param name="space">The space.</param>
/// <param name="crossover">The chance that there is a crossover at all.</param>
/// <param name="crossoverIndex">How near children are to their parents.</param>
/// <param name="mutationIndex">How near mutated values are to what they were.</param>
internal sealed class Offspring(SearchSpace space, double crossover, double crossoverIndex, double mutationIndex)
{
    private const double CrossedShare = 0.5; // of the axes of a child that is crossed (Deb and Agrawal 1995)

    /// <summary>A child: what the first parent is, crossed with the second, and mutated.</summary>
    /// <param name="one">A parent.</param>
    /// <param name="other">The other.</param>
    /// <param name="mutations">On how many axes to mutate, in the mean.</param>
    /// <param name="random">The chance.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double[] Create(ImmutableArray<double> one, ImmutableArray<double> other, int mutations, Random random)
    {
        var (child, codes) = (new double[space.Count], new double[space.Count]);
        var isCrossed = random.NextDouble() < crossover;
        var chance = (double)mutations / Math.Max(1, one.Length - CountNaN(one));
        foreach (var axis in space.Conditions.Order)
        {
            if (!space.Conditions.IsActive(axis, codes))
            {
                (child[axis], codes[axis]) = (double.NaN, double.NaN);
                continue;
            }

            var parameter = space[axis];
            var value = Inherit(parameter, one[axis], other[axis], isCrossed, random);
            value = random.NextDouble() < chance ? Variation.Mutate(parameter, value, mutationIndex, random) : value;
            codes[axis] = parameter.CodeAt(value);
            child[axis] = parameter.Cardinality is null ? value : parameter.UnitOf(codes[axis]);
        }

        return child;
    }

    /// <summary>Brings a child back to its parent, one axis after the other in a random order, until it will do.</summary>
    /// <param name="child">The child, which becomes what will do.</param>
    /// <param name="parent">The parent.</param>
    /// <param name="willDo">Whether it will.</param>
    /// <param name="random">The chance.</param>
    /// <returns>False if it never does; the child is then of no use.</returns>
    public bool Repair(double[] child, ImmutableArray<double> parent, Func<double[], bool> willDo, Random random)
    {
        for (var axis = 0; axis < child.Length; axis++) // an axis may become active on the way
        {
            child[axis] = !double.IsNaN(child[axis]) ? child[axis] : !double.IsNaN(parent[axis]) ? parent[axis] : random.NextDouble();
        }

        int[] order = [.. Enumerable.Range(0, space.Count)];
        random.Shuffle(order);
        foreach (var axis in order.Where(axis => !double.IsNaN(parent[axis])))
        {
            child[axis] = parent[axis];
            if (willDo(child))
            {
                return true;
            }
        }

        return false;
    }

    private static int CountNaN(ImmutableArray<double> point)
    {
        var count = 0;
        foreach (var value in point)
        {
            count += double.IsNaN(value) ? 1 : 0;
        }

        return count;
    }

    // What only one parent has, the child has from that one; what neither has is drawn.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Inherit(Parameter axis, double one, double other, bool isCrossed, Random random)
    {
        if (double.IsNaN(one) || double.IsNaN(other))
        {
            return !double.IsNaN(one) ? one : !double.IsNaN(other) ? other : random.NextDouble();
        }

        if (!isCrossed || random.NextDouble() >= CrossedShare)
        {
            return one;
        }

        return axis.IsOrdered
            ? Variation.Cross(one, other, crossoverIndex, random.NextDouble() < 0.5, random.NextDouble())
            : random.NextDouble() < 0.5 ? one : other;
    }
}
