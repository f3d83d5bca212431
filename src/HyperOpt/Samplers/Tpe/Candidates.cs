namespace HyperOpt.Samplers.Tpe;

/// <summary>Points to choose from, in columns; their number is padded to whole vectors.</summary>
internal sealed class Candidates(int axes, int count)
{
    /// <summary>How many doubles one vector holds.</summary>
    public const int Lanes = 4;

    /// <summary>How many vectors are worked on at a time, so that their chains of operations overlap.</summary>
    public const int Unrolled = 8;

    private readonly double[] _coordinates = new double[axes * Padded(count)];

    public int Axes => axes;

    public int Count => count;

    /// <summary>The count with its padding.</summary>
    public int Stride { get; } = Padded(count);

    /// <summary>The coordinates of all candidates on one axis; NaN where inactive.</summary>
    public Span<double> Column(int axis) => _coordinates.AsSpan(axis * Stride, Stride);

    /// <summary>The first coordinate of all; columns follow each other by <see cref="Stride"/>.</summary>
    public ref double First => ref _coordinates[0];

    /// <summary>The coordinates of one candidate.</summary>
    public double[] Point(int candidate)
    {
        var point = new double[axes];
        for (var axis = 0; axis < axes; axis++)
        {
            point[axis] = _coordinates[axis * Stride + candidate];
        }

        return point;
    }

    public void Set(int candidate, ReadOnlySpan<double> point)
    {
        for (var axis = 0; axis < axes; axis++)
        {
            _coordinates[axis * Stride + candidate] = point[axis];
        }
    }

    private static int Padded(int count) => (count + Lanes * Unrolled - 1) / (Lanes * Unrolled) * (Lanes * Unrolled);
}
