using HyperOpt.Spaces;

namespace HyperOpt.Analysis;

/// <summary>Rows as trees see them, by columns.</summary>
internal sealed class TreeTable
{
    private readonly Parameter[] _parameters;

    /// <param name="parameters">The axes.</param>
    /// <param name="units">For each axis a coordinate for each row, in [0,1].</param>
    public TreeTable(IEnumerable<Parameter> parameters, double[][] units)
    {
        (_parameters, Units) = ([.. parameters], units);
        Orders = [.. units.Select(column =>
        {
            int[] rows = [.. Enumerable.Range(0, column.Length)];
            Array.Sort([.. column], rows);
            return rows;
        })];
    }

    /// <summary>How many axes there are.</summary>
    public int Axes => _parameters.Length;

    /// <summary>[axis][row]</summary>
    public double[][] Units { get; }

    /// <summary>For each axis the rows by their coordinate.</summary>
    public int[][] Orders { get; }

    /// <summary>How many categories an axis has; 0 if it is ordered.</summary>
    public int LevelsOf(int axis) => _parameters[axis].IsOrdered ? 0 : (int)_parameters[axis].Cardinality!.Value;

    /// <summary>The category at a coordinate.</summary>
    public int LevelOf(int axis, double unit) => Math.Min((int)(unit * LevelsOf(axis)), LevelsOf(axis) - 1);
}
