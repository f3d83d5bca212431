using HyperOpt.Numerics;
using HyperOpt.Spaces;
using HyperOpt.Trials;

namespace HyperOpt.Samplers.CmaEs;

/// <summary>
/// How a space looks to the strategy: ordered axes are dimensions of a normal distribution, of which the finite ones are read off in cells; categorical axes
/// have a distribution over their values each. An axis of one value is neither.
/// </summary>
internal sealed class SearchAxes
{
    public SearchAxes(SearchSpace space)
    {
        Space = space;
        Ordered = [.. AxesWhere(space, axis => axis.IsOrdered && axis.Cardinality != 1)];
        Categorical = [.. AxesWhere(space, axis => !axis.IsOrdered && axis.Cardinality != 1)];
        IsDiscrete = [.. Ordered.Select(axis => space[axis].Cardinality is not null)];
        Categories = [.. Categorical.Select(axis => (int)space[axis].Cardinality!.Value)];
        Stride = RowProducts.Padded(Ordered.Length);
        HasDiscrete = IsDiscrete.Contains(true);
        Finite = IsDiscrete.Count(isDiscrete => isDiscrete) + Categorical.Length;
    }

    public SearchSpace Space { get; }

    /// <summary>The axis of each dimension of the normal distribution.</summary>
    public int[] Ordered { get; }

    /// <summary>Whether a dimension is read off in cells.</summary>
    public bool[] IsDiscrete { get; }

    public bool HasDiscrete { get; }

    public int[] Categorical { get; }

    /// <summary>How many values each categorical axis has.</summary>
    public int[] Categories { get; }

    /// <summary>How many dimensions the normal distribution has.</summary>
    public int Dimensions => Ordered.Length;

    /// <summary>The length of its vectors, which are padded with zeros.</summary>
    public int Stride { get; }

    /// <summary>How many axes vary.</summary>
    public int Count => Ordered.Length + Categorical.Length;

    /// <summary>How many of those have finitely many values.</summary>
    public int Finite { get; }

    /// <summary>The cell of a discrete dimension in which a number lies; the outer cells go on for ever.</summary>
    public (double Low, double High) Cell(int dimension, double at)
    {
        var (low, high) = Space[Ordered[dimension]].Cell(Math.Clamp(at, 0, 1));
        return (low <= 0 ? double.NegativeInfinity : low, high >= 1 ? double.PositiveInfinity : high);
    }

    /// <summary>The centre of that cell.</summary>
    public double Centre(int dimension, double at) => Space[Ordered[dimension]].Snap(Math.Clamp(at, 0, 1));

    /// <summary>The value that a trial has on a categorical axis; -1 if none.</summary>
    public int CategoryOf(Observation trial, int index)
    {
        var unit = trial.Point[Categorical[index]];
        return double.IsNaN(unit) ? -1 : Math.Min((int)(unit * Categories[index]), Categories[index] - 1);
    }

    private static IEnumerable<int> AxesWhere(SearchSpace space, Func<Parameter, bool> isChosen) =>
        Enumerable.Range(0, space.Count).Where(axis => isChosen(space[axis]));
}
