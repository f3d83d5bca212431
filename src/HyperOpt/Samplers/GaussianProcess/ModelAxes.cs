using HyperOpt.Spaces;

namespace HyperOpt.Samplers.GaussianProcess;

/// <summary>A space as the model sees it: ordered axes by their coordinate less one half, categories by their rank, and which axes may be inactive.</summary>
internal sealed class ModelAxes
{
    /// <summary>Stands for the category of an inactive axis; differs from all others.</summary>
    private const double NoCategory = -1;

    private readonly SearchSpace _space;

    public ModelAxes(SearchSpace space)
    {
        _space = space;
        var axes = Enumerable.Range(0, space.Count);
        Ordered = [.. axes.Where(axis => space[axis].IsOrdered)];
        Categories = [.. axes.Where(axis => !space[axis].IsOrdered)];
        Optional = [.. Ordered.Where(axis => !space[axis].Conditions.IsEmpty)];
    }

    /// <summary>How many axes there are.</summary>
    public int Count => _space.Count;

    /// <summary>The axes on which near coordinates mean near values.</summary>
    public int[] Ordered { get; }

    /// <summary>The axes whose values either are the same or are not.</summary>
    public int[] Categories { get; }

    /// <summary>Those of the ordered axes that are active under a condition.</summary>
    public int[] Optional { get; }

    public bool IsOrdered(int axis) => _space[axis].IsOrdered;

    public bool IsOptional(int axis) => IsOrdered(axis) && !_space[axis].Conditions.IsEmpty;

    /// <summary>Translates a point.</summary>
    /// <param name="point">Coordinates; NaN where inactive.</param>
    /// <param name="features">For each axis the centred coordinate (0 where inactive) or the category.</param>
    /// <param name="active">For each axis 1, or 0 where inactive.</param>
    public void Encode(ReadOnlySpan<double> point, Span<double> features, Span<double> active)
    {
        foreach (var axis in Ordered)
        {
            var isActive = !double.IsNaN(point[axis]);
            active[axis] = isActive ? 1 : 0;
            features[axis] = isActive ? point[axis] - 0.5 : 0;
        }

        foreach (var axis in Categories)
        {
            var isActive = !double.IsNaN(point[axis]);
            active[axis] = isActive ? 1 : 0;
            features[axis] = isActive ? _space[axis].LevelOf(_space[axis].CodeAt(point[axis])) : NoCategory;
        }
    }
}
