using HyperOpt.Numerics;
using HyperOpt.Spaces;

namespace HyperOpt.Samplers.Tpe;

/// <summary>
/// The factors of a finite axis: for each kernel and candidate the logarithm of the kernel's mass in the candidate's cell, relative to the cell's width.
/// Kernels alike share a row, so there are about as many rows as the axis has values.
/// </summary>
internal sealed class CellTable
{
    /// <summary>
    /// Cells this narrow, against widths of at least 0.03, are as good as points: mass over width differs from the density at the centre
    /// by a factor within 1 ± (0.004 / 0.03)² / 24 (z² - 1), below 1 % out to z = 3.7.
    /// </summary>
    private const double NarrowCell = 0.004;

    private readonly int[] _rowOf;
    private readonly double[] _values;
    private readonly int _stride;

    private CellTable(int[] rowOf, double[] values, int stride)
    {
        _rowOf = rowOf;
        _values = values;
        _stride = stride;
    }

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

    public static CellTable Create(Parameter parameter, int axis, KernelSet kernels, Candidates candidates)
    {
        var rows = new Dictionary<(double Mu, double Sigma), int>();
        var rowOf = new int[kernels.Count];
        for (var kernel = 0; kernel < kernels.Count; kernel++)
        {
            var key = (kernels.Mu[axis][kernel], kernels.Sigma[axis][kernel]);
            if (!rows.TryGetValue(key, out rowOf[kernel]))
            {
                rows.Add(key, rowOf[kernel] = rows.Count);
            }
        }

        var values = new double[rows.Count * candidates.Stride];
        foreach (var (key, row) in rows)
        {
            if (!double.IsNaN(key.Mu))
            {
                Fill(parameter, key.Mu, key.Sigma, kernels.Present[axis], candidates.Column(axis), values.AsSpan(row * candidates.Stride));
            }
        }

        return new CellTable(rowOf, values, candidates.Stride);
    }

    /// <summary>A kernel's factors, from a candidate on.</summary>
    public ref double Row(int kernel, int from) => ref _values[_rowOf[kernel] * _stride + from];

    private static void Fill(Parameter parameter, double mu, double sigma, int present, ReadOnlySpan<double> column, Span<double> row)
    {
        var masses = new Dictionary<double, double>();
        for (var i = 0; i < column.Length; i++)
        {
            if (double.IsNaN(column[i]))
            {
                continue; // padding
            }

            if (!masses.TryGetValue(column[i], out var mass))
            {
                masses.Add(column[i], mass = parameter.IsOrdered
                    ? LogMass(parameter, column[i], mu, sigma)
                    : CategoryKernel.LogFactor(present, parameter.Cardinality!.Value, column[i] == mu));
            }

            row[i] = mass;
        }
    }

    private static double LogMass(Parameter parameter, double unit, double mu, double sigma)
    {
        var (low, high) = parameter.Cell(unit);
        var inCell = Normal.LogMass((low - mu) / sigma, (high - mu) / sigma);
        return Math.Max(inCell - Normal.LogMass(-mu / sigma, (1 - mu) / sigma), -1e6) - Math.Log(high - low);
    }
}
