using HyperOpt.Numerics;
using HyperOpt.Spaces;

namespace HyperOpt.Samplers.GaussianProcess;

/// <summary>Climbs the acquisition from a place: all continuous axes together along gradients, and the finite ones one by one, by turns until neither wins.</summary>
/// <param name="space">The space.</param>
/// <param name="shape">Its points.</param>
/// <param name="surface">What is climbed.</param>
/// <param name="held">A finite axis that stays as it is; null if all are free.</param>
internal sealed class LocalSearch(SearchSpace space, PointShape shape, AcquisitionSurface surface, int? held)
{
    private const int MaxCycles = 3;

    /// <summary>Finite axes of no more values are tried out value by value.</summary>
    private const int MaxExhaustive = 16;

    /// <summary>A local maximum, or the start if nothing is higher.</summary>
    public SearchPoint Climb(SearchPoint start)
    {
        var place = start;
        for (var cycle = 0; cycle < MaxCycles; cycle++)
        {
            var before = place.Value;
            place = ClimbContinuous(place);
            if (shape.Finite.Length == 0)
            {
                break;
            }

            var middle = place.Value;
            place = ClimbFinite(place);
            if (!(place.Value > middle + 1e-9) || (cycle > 0 && !(place.Value > before + 1e-6)))
            {
                break;
            }
        }

        return place;
    }

    private SearchPoint ClimbContinuous(SearchPoint start)
    {
        int[] axes = [.. shape.Continuous.Where(axis => !double.IsNaN(start.Point[axis]))];
        if (axes.Length == 0)
        {
            return start;
        }

        // Each axis in units of its length-scale.
        var lengths = surface.Models[0].Scales.Lengths;
        double[] units = [.. axes.Select(axis => Math.Clamp(lengths[axis], 0.02, 1))];
        var (lower, upper, from) = (new double[axes.Length], new double[axes.Length], new double[axes.Length]);
        for (var i = 0; i < axes.Length; i++)
        {
            (upper[i], from[i]) = (1 / units[i], start.Point[axes[i]] / units[i]);
        }

        var point = (double[])start.Point.Clone();
        var search = new BoundedLbfgs(lower, upper) { MaxEvaluations = 100, GradientTolerance = 1e-3, ValueTolerance = 1e-6, FirstStep = 0.2 };
        var (found, value) = search.Minimize(Value, from);
        if (!(-value > start.Value))
        {
            return start;
        }

        var coordinates = (double[])start.Coordinates.Clone();
        for (var i = 0; i < axes.Length; i++)
        {
            coordinates[axes[i]] = Math.Clamp(found[i] * units[i], 0, 1);
        }

        return new SearchPoint(coordinates, shape.Of(coordinates), -value);

        double Value(ReadOnlySpan<double> scaled, Span<double> gradient)
        {
            for (var i = 0; i < axes.Length; i++)
            {
                point[axes[i]] = Math.Clamp(scaled[i] * units[i], 0, 1);
            }

            if (!shape.Holds(point))
            {
                return double.PositiveInfinity;
            }

            var value = -surface.At(point, axes, gradient);
            for (var i = 0; i < axes.Length; i++)
            {
                gradient[i] *= -units[i];
            }

            return double.IsNaN(value) ? double.PositiveInfinity : value;
        }
    }

    private SearchPoint ClimbFinite(SearchPoint place)
    {
        foreach (var axis in shape.Finite)
        {
            if (double.IsNaN(place.Point[axis]) || axis == held)
            {
                continue;
            }

            for (var better = Best(axis, place); better.Value > place.Value; better = Best(axis, place))
            {
                place = better;
                if (IsSmall(axis))
                {
                    break;
                }
            }
        }

        return place;
    }

    private bool IsSmall(int axis) => !space[axis].IsOrdered || space[axis].Cardinality <= MaxExhaustive;

    // The best of the other values of an axis: of all, or of those at distances that double.
    private SearchPoint Best(int axis, SearchPoint place)
    {
        var parameter = space[axis];
        var (count, own) = (parameter.Cardinality!.Value, parameter.LevelOf(parameter.CodeAt(place.Point[axis])));
        var (coordinates, points) = (new List<double[]>(), new List<double[]>());
        foreach (var level in IsSmall(axis) ? LevelsOf(Math.Min(count, 64)) : LevelsAround(own, count))
        {
            if (level != own)
            {
                var other = (double[])place.Coordinates.Clone();
                other[axis] = parameter.UnitOf(parameter.CodeOfLevel(level));
                var point = shape.Of(other);
                if (shape.Holds(point))
                {
                    coordinates.Add(other);
                    points.Add(point);
                }
            }
        }

        var values = surface.At(points);
        for (var i = 0; i < values.Length; i++)
        {
            place = values[i] > place.Value ? new SearchPoint(coordinates[i], points[i], values[i]) : place;
        }

        return place;
    }

    private static IEnumerable<long> LevelsOf(long count)
    {
        for (var level = 0L; level < count; level++)
        {
            yield return level;
        }
    }

    private static IEnumerable<long> LevelsAround(long own, long count)
    {
        for (var step = 1L; step < count && step > 0; step *= 2)
        {
            if (own - step >= 0)
            {
                yield return own - step;
            }

            if (own + step < count)
            {
                yield return own + step;
            }
        }
    }
}
