using HyperOpt.Numerics;
using HyperOpt.Spaces;

namespace HyperOpt.Samplers.Tpe;

/// <summary>
/// The factors of a finite axis: for each entry and candidate the logarithm of the kernel's mass in the candidate's cell, relative to the cell's width.
/// </summary>
internal sealed class CellTable
{
    /// <summary>
    /// Cells this narrow, against widths of at least 0.02, are as good as points: mass over width differs from the density at the centre
    /// by a factor within 1 ± (0.0025 / 0.02)² / 24 (z² - 1), below 1 % out to z = 4.
    /// </summary>
    private const double NarrowCell = 0.0025;

    private readonly double[] _values;
    private readonly int _stride;

    public CellTable(Parameter parameter, int axis, Densities.Mixture density, Candidates candidates)
    {
        Axis = axis;
        _stride = candidates.Stride;
        var kernels = density.Kernels;
        _values = new double[kernels.Entries[axis].Count * _stride];
        var isUsed = new bool[kernels.Entries[axis].Count];
        foreach (var kernel in density.Members)
        {
            isUsed[kernels.Entry[kernel * kernels.Axes + axis]] = true;
        }

        for (var entry = 1; entry < isUsed.Length; entry++)
        {
            if (isUsed[entry])
            {
                var (mu, width) = kernels.Entries[axis][entry];
                Fill(parameter, mu, width, kernels.Present[axis], candidates.Column(axis), _values.AsSpan(entry * _stride));
            }
        }
    }

    public int Axis { get; }

    /// <summary>Whether the axis is a continuum, or as good as one.</summary>
    public static bool IsSmooth(Parameter parameter)
    {
        if (!parameter.IsOrdered || parameter.Cardinality is not { } count)
        {
            return parameter.IsOrdered;
        }

        var (low, high) = parameter.Cell(0); // on a logarithmic scale the first cell is the widest
        return count > 1 && high - low <= NarrowCell;
    }

    /// <summary>An entry's factors, from a candidate on.</summary>
    public ref double Row(int entry, int from) => ref _values[entry * _stride + from];

    private static void Fill(Parameter parameter, double mu, double width, int present, ReadOnlySpan<double> column, Span<double> row)
    {
        var known = new Dictionary<double, double>();
        for (var i = 0; i < column.Length; i++)
        {
            if (double.IsNaN(column[i]))
            {
                continue; // inactive
            }

            if (!known.TryGetValue(column[i], out row[i]))
            {
                known.Add(column[i], row[i] = parameter.IsOrdered
                    ? LogFactor(parameter, column[i], mu, width)
                    : CategoryKernel.LogFactor(present, parameter.Cardinality!.Value, column[i] == mu));
            }
        }
    }

    private static double LogFactor(Parameter parameter, double unit, double mu, double width)
    {
        var (low, high) = parameter.Cell(unit);
        var inCell = Normal.LogMass((low - mu) / width, (high - mu) / width);
        return Math.Max(inCell - Normal.LogMass(-mu / width, (1 - mu) / width), -1e6) - Math.Log(high - low);
    }
}
