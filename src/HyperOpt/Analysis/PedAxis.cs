using HyperOpt.Numerics;
using HyperOpt.Spaces;

namespace HyperOpt.Analysis;

/// <summary>One axis as PED-ANOVA sees it: at most 50 cells, and densities over them by Parzen's estimator with the bandwidth of Scott 1992.</summary>
internal sealed class PedAxis
{
    private const int MostCells = 50;
    private const double LeastBandwidth = 0.5 / 1.64; // nine tenths of a kernel within its own cell
    private const double Floor = 1e-12;

    private readonly bool _isOrdered;
    private readonly int _cells;
    private readonly int[] _cell; // of each row; -1 where inactive

    /// <param name="parameter">The parameter.</param>
    /// <param name="units">A coordinate for each row; NaN where inactive.</param>
    public PedAxis(Parameter parameter, double[] units)
    {
        _isOrdered = parameter.IsOrdered;
        _cells = Cells(parameter);
        _cell = [.. units.Select(unit => double.IsNaN(unit) ? -1
            : !_isOrdered ? (int)parameter.LevelOf(parameter.CodeAt(unit))
            : Math.Clamp((int)Math.Ceiling(PlaceOf(parameter, unit) * (_cells - 1) - 0.5), 0, _cells - 1))];
    }

    public bool IsActive(int row) => _cell[row] >= 0;

    /// <summary>Pearson's divergence of the density of some rows from that of others; from the uniform one if there are none.</summary>
    public double Divergence(int[] top, int[]? others)
    {
        var (one, other) = (Density(top), others is null ? Enumerable.Repeat(1.0 / _cells, _cells).ToArray() : Density(others));
        var sum = 0.0;
        for (var cell = 0; cell < _cells; cell++)
        {
            var excess = one[cell] / other[cell] - 1;
            sum += other[cell] * excess * excess;
        }

        return sum;
    }

    // On a logarithmic scale of whole numbers there are as many cells as doublings.
    private static int Cells(Parameter parameter) => parameter switch
    {
        { IsOrdered: false } => (int)parameter.Cardinality!.Value,
        IntParameter { IsLog: true } whole => Math.Min((int)Math.Ceiling(Math.Log2((double)whole.High - whole.Low + 1)) + 1, MostCells),
        _ => (int)Math.Min(parameter.Cardinality ?? MostCells, MostCells),
    };

    // Between the lowest value and the highest.
    private static double PlaceOf(Parameter parameter, double unit)
    {
        if (parameter is IntParameter { IsLog: true } whole)
        {
            return Math.Log(parameter.CodeAt(unit) / whole.Low) / Math.Log((double)whole.High / whole.Low);
        }

        return parameter.Cardinality is { } count ? (double)parameter.LevelOf(parameter.CodeAt(unit)) / (count - 1) : unit;
    }

    private double[] Density(int[] rows)
    {
        var counts = new double[_cells];
        foreach (var row in rows)
        {
            counts[_cell[row]]++;
        }

        var density = _isOrdered ? Smooth(counts, rows.Length) : Categories(counts, rows.Length);
        for (var cell = 0; cell < _cells; cell++)
        {
            density[cell] += Floor;
        }

        return density;
    }

    // A kernel for each category that was seen, and one that knows none, of weight 1; each spreads a little over all categories.
    private double[] Categories(double[] counts, int all)
    {
        var kernels = counts.Count(count => count > 0) + 1;
        var spread = 1.0 / kernels;
        return [.. counts.Select(count => ((count + all * spread) / (1 + _cells * spread) + 1.0 / _cells) / (all + 1))];
    }

    // Normal kernels at the cells that were seen, and a wide one in the middle, of weight 1; all within the range.
    private double[] Smooth(double[] counts, int all)
    {
        var density = new double[_cells];
        var bandwidth = Bandwidth(counts, all);
        for (var from = 0; from < _cells; from++)
        {
            if (counts[from] > 0)
            {
                Add(density, from, bandwidth, counts[from] / (all + 1));
            }
        }

        Add(density, (_cells - 1) / 2.0, _cells, 1.0 / (all + 1));
        return density;
    }

    private void Add(double[] density, double mean, double bandwidth, double weight)
    {
        double At(double edge) => Normal.Cdf((edge - mean) / bandwidth);
        var (before, mass) = (At(-0.5), At(_cells - 0.5) - At(-0.5));
        for (var cell = 0; cell < _cells; cell++)
        {
            var next = At(cell + 0.5);
            density[cell] += weight * (next - before) / mass;
            before = next;
        }
    }

    private double Bandwidth(double[] counts, int all)
    {
        var (mean, square, running, low, high) = (0.0, 0.0, 0.0, -1, -1);
        for (var cell = 0; cell < _cells; cell++)
        {
            mean += cell * counts[cell] / all;
        }

        for (var cell = 0; cell < _cells; cell++)
        {
            square += counts[cell] * (cell - mean) * (cell - mean);
            running += counts[cell];
            low = low < 0 && counts[cell] > 0 && running >= all / 4 ? cell : low;
            high = high < 0 && counts[cell] > 0 && running > all * 3 / 4 ? cell : high;
        }

        high = high < 0 ? Array.FindLastIndex(counts, count => count > 0) : high;
        var spread = Math.Min((high - low) / 1.34, Math.Sqrt(square / Math.Max(1, all - 1)));
        return Math.Max(LeastBandwidth, 1.059 * spread * Math.Pow(all, -0.2));
    }
}
