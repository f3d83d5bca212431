using HyperOpt.Spaces;

namespace HyperOpt.Samplers.GaussianProcess;

/// <summary>Gives points the form in which they would be evaluated: finite axes at the centres of their cells, inactive ones NaN.</summary>
internal sealed class PointShape
{
    private readonly SearchSpace _space;
    private readonly double[] _codes;
    private readonly bool _isPlain; // nothing to do

    public PointShape(SearchSpace space)
    {
        _space = space;
        _codes = new double[space.Count];
        _isPlain = space.All(parameter => parameter.Cardinality is null && parameter.Conditions.IsEmpty);
        Finite = [.. Enumerable.Range(0, space.Count).Where(axis => space[axis].Cardinality > 1)];
        Continuous = [.. Enumerable.Range(0, space.Count).Where(axis => space[axis].Cardinality is null)];
    }

    /// <summary>The axes that have several, but finitely many values.</summary>
    public int[] Finite { get; }

    /// <summary>The axes that have infinitely many.</summary>
    public int[] Continuous { get; }

    /// <summary>The point of some coordinates, which say of inactive axes what they were if they became active.</summary>
    public double[] Of(ReadOnlySpan<double> coordinates)
    {
        var point = coordinates.ToArray();
        if (_isPlain)
        {
            return point;
        }

        foreach (var axis in _space.Conditions.Order)
        {
            if (!_space.Conditions.IsActive(axis, _codes))
            {
                (point[axis], _codes[axis]) = (double.NaN, double.NaN);
                continue;
            }

            var parameter = _space[axis];
            _codes[axis] = parameter.CodeAt(point[axis]);
            point[axis] = parameter.Cardinality is null ? point[axis] : parameter.UnitOf(_codes[axis]);
        }

        return point;
    }

    /// <summary>Whether it breaks no hard constraint.</summary>
    public bool Holds(double[] point) => !_space.IsConstrained || _space.IsFeasible(point);
}
