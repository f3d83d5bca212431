using HyperOpt.Numerics;
using HyperOpt.Spaces;

namespace HyperOpt.Samplers.GaussianProcess;

/// <summary>Draws the places at which the acquisition is looked at first: scrambled Sobol points over the whole space, and points near the best ones known.</summary>
/// <param name="space">The space.</param>
/// <param name="shape">Its points.</param>
/// <param name="random">The chance of this trial.</param>
/// <param name="held">The branch that all of them are in; null if they are free.</param>
internal sealed class CandidateDraws(SearchSpace space, PointShape shape, Random random, OtherBranch? held)
{
    /// <summary>How many draws a point is worth that breaks no hard constraint.</summary>
    private const int MaxRedraws = 20;

    private readonly List<double[]> _coordinates = [];
    private readonly List<double[]> _points = [];

    public IReadOnlyList<double[]> Coordinates => _coordinates;

    public IReadOnlyList<double[]> Points => _points;

    /// <summary>Adds points over the whole space.</summary>
    public void AddGlobal(int count)
    {
        var seed = (ulong)random.NextInt64();
        var most = space.IsConstrained ? count * MaxRedraws : count;
        for (var (index, found) = (0, 0); index < most && found < count; index++)
        {
            var coordinates = new double[space.Count];
            for (var axis = 0; axis < coordinates.Length; axis++)
            {
                coordinates[axis] = axis < SobolSequence.MaxDimensions ? SobolSequence.Scrambled(index, axis, seed) : random.NextDouble();
            }

            found += TryAdd(coordinates) ? 1 : 0;
        }
    }

    /// <summary>Adds points near some: a step of random length along all axes or some, longer where the model is smoother.</summary>
    /// <param name="count">How many.</param>
    /// <param name="centres">The points to start from.</param>
    /// <param name="lengths">The model's length-scales.</param>
    public void AddLocal(int count, IReadOnlyList<ReadOnlyMemory<double>> centres, double[] lengths)
    {
        if (centres.Count == 0)
        {
            return;
        }

        var longest = lengths.DefaultIfEmpty(1).Average();
        var share = Math.Max(1.5 / Math.Max(1, space.Count), 0.2);
        for (var i = 0; i < count; i++)
        {
            var coordinates = Complete(centres[i % centres.Count].Span);
            var step = Math.Pow(10, -3 + 2.5 * random.NextDouble());
            var isAll = random.NextDouble() < 0.5;
            var chosen = random.Next(space.Count);
            for (var axis = 0; axis < coordinates.Length; axis++)
            {
                if (isAll || axis == chosen || random.NextDouble() < share)
                {
                    coordinates[axis] = Step(axis, coordinates[axis], step * Math.Min(1, lengths[axis] / longest));
                }
            }

            TryAdd(coordinates);
        }
    }

    /// <summary>Adds a known point, if it breaks no hard constraint.</summary>
    public bool TryAddKnown(ReadOnlySpan<double> point) => TryAdd(Complete(point));

    // Inactive axes get anything.
    private double[] Complete(ReadOnlySpan<double> point)
    {
        var coordinates = point.ToArray();
        for (var axis = 0; axis < coordinates.Length; axis++)
        {
            coordinates[axis] = double.IsNaN(coordinates[axis]) ? random.NextDouble() : coordinates[axis];
        }

        return coordinates;
    }

    private double Step(int axis, double from, double step)
    {
        var parameter = space[axis];
        if (!parameter.IsOrdered)
        {
            return random.NextDouble() < 0.3 ? random.NextDouble() : from;
        }

        // On a finite axis a step reaches the neighbouring cell, at the least, as often as not.
        var (low, high) = parameter.Cell(from);
        return Math.Clamp(from + Math.Max(step, high - low) * Normal.Quantile(1e-12 + random.NextDouble() * (1 - 2e-12)), 0, 1);
    }

    private bool TryAdd(double[] coordinates)
    {
        if (held is { } branch)
        {
            coordinates[branch.Axis] = branch.Coordinate;
        }

        var point = shape.Of(coordinates);
        if (!shape.Holds(point))
        {
            return false;
        }

        _coordinates.Add(coordinates);
        _points.Add(point);
        return true;
    }
}
