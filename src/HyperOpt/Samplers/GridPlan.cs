using HyperOpt.Spaces;

namespace HyperOpt.Samplers;

/// <summary>The combinations of a grid over one space, by number.</summary>
internal sealed class GridPlan
{
    private readonly SearchSpace _space;
    private readonly ConfigurationTree _tree;
    private readonly int[]? _feasible;

    private GridPlan(SearchSpace space, ConfigurationTree tree, long count)
    {
        _space = space;
        _tree = tree;
        All = count;
        _feasible = space.IsConstrained && count <= ConfigurationTree.MaxWalk
            ? [.. Enumerable.Range(0, (int)count).Where(number => space.IsFeasible(PointOf(number)))]
            : null;
        Count = _feasible?.Length ?? count;
    }

    /// <summary>How many combinations there are, hard constraints aside.</summary>
    public long All { get; }

    /// <summary>How many combinations there are to try: the feasible ones, unless they are too many to look at each.</summary>
    public long Count { get; }

    /// <summary>Whether those to try are known to be feasible.</summary>
    public bool IsSifted => _feasible is not null || !_space.IsConstrained;

    public static GridPlan Create(SearchSpace space, Func<Parameter, int> points)
    {
        // A continuous axis is written as its coordinate, not as its code: no condition reads it, and a coordinate that was made from
        // a code might decode to a neighbour, so that the grid would not know again what it proposed.
        var tree = ConfigurationTree.Create(
            space,
            axis => space[axis].Cardinality ?? points(space[axis]),
            (axis, level) => space[axis].Cardinality is null ? UnitOf(level, points(space[axis])) : space[axis].CodeOfLevel(level));
        return new GridPlan(space, tree, tree.Count ?? throw new InvalidOperationException(
            "A grid must have fewer than 2^63 combinations, and parents of conditions fewer than 2^20, "
            + $"but the space has more: {space}. Take fewer parameters, steps on them, or another sampler."));
    }

    /// <summary>The point of a combination below <see cref="Count"/>; NaN on inactive axes.</summary>
    public double[] At(long number) => PointOf(_feasible is null ? number : _feasible[number]);

    // From end to end; a single point stands in the middle.
    private static double UnitOf(long level, int points) => points == 1 ? 0.5 : (double)level / (points - 1);

    private double[] PointOf(long number)
    {
        var point = _tree.At(number);
        for (var axis = 0; axis < point.Length; axis++)
        {
            if (!double.IsNaN(point[axis]) && _space[axis].Cardinality is not null)
            {
                point[axis] = _space[axis].UnitOf(point[axis]);
            }
        }

        return point;
    }
}
