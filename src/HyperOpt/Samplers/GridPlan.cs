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
        _feasible = space.IsConstrained && count <= ConfigurationTree.MaxWalk
            ? [.. Enumerable.Range(0, (int)count).Where(number => space.Holds(tree.At(number)))]
            : null;
        Count = _feasible?.Length ?? count;
    }

    /// <summary>How many combinations there are: the feasible ones, unless they are too many to look at each.</summary>
    public long Count { get; }

    public static GridPlan Create(SearchSpace space, Func<Parameter, int> points)
    {
        var tree = ConfigurationTree.Create(
            space,
            axis => space[axis].Cardinality ?? points(space[axis]),
            (axis, level) => space[axis].Cardinality is null ? space[axis].CodeAt(UnitOf(level, points(space[axis]))) : space[axis].CodeOfLevel(level));
        return new GridPlan(space, tree, tree.Count ?? throw new InvalidOperationException(
            $"A grid must have fewer than 2^63 combinations, and parents of conditions fewer than 2^20, but the space has more: {space}. Take fewer parameters, steps on them, or another sampler."));
    }

    /// <summary>The codes of a combination; null if it breaks a hard constraint.</summary>
    public double[]? At(long number)
    {
        var codes = _tree.At(_feasible is null ? number : _feasible[number]);
        return _feasible is not null || _space.Holds(codes) ? codes : null;
    }

    // From end to end; a single point stands in the middle.
    private static double UnitOf(long level, int points) => points == 1 ? 0.5 : (double)level / (points - 1);
}
