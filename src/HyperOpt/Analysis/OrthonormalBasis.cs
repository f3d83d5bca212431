using HyperOpt.Spaces;

namespace HyperOpt.Analysis;

/// <summary>
/// Functions of one axis that are orthonormal, and orthogonal to constants, under the axis's uniform distribution: Legendre's polynomials on a continuum,
/// their discrete counterpart on ordered values, contrasts on categories.
/// </summary>
internal sealed class OrthonormalBasis
{
    /// <summary>The highest degree of a polynomial.</summary>
    private const int MostDegrees = 12;

    /// <summary>More ordered values than this are a continuum.</summary>
    private const int MostLevels = 256;

    private readonly Parameter _parameter;
    private readonly double[][] _levels; // for each value those of the functions; empty on a continuum

    public OrthonormalBasis(Parameter parameter)
    {
        _parameter = parameter;
        var levels = parameter.Cardinality ?? long.MaxValue;
        if (parameter.IsOrdered && levels > MostLevels)
        {
            (_levels, Count) = ([], MostDegrees);
            return;
        }

        Count = (int)Math.Min(levels - 1, parameter.IsOrdered ? MostDegrees : int.MaxValue);
        _levels = parameter.IsOrdered ? Polynomials((int)levels) : Contrasts((int)levels);
    }

    /// <summary>How many functions there are.</summary>
    public int Count { get; }

    /// <summary>Whether the functions come in the order of their roughness.</summary>
    public bool IsOrdered => _parameter.IsOrdered;

    /// <summary>The functions at a coordinate; all 0 where the axis is inactive (NaN).</summary>
    public void Evaluate(double unit, Span<double> values)
    {
        if (double.IsNaN(unit))
        {
            values[..Count].Clear();
        }
        else if (_levels.Length > 0)
        {
            _levels[_parameter.LevelOf(_parameter.CodeAt(unit))].CopyTo(values);
        }
        else
        {
            Legendre(2 * unit - 1, values[..Count]);
        }
    }

    // √(2p+1) P_p(t) by Bonnet's recursion.
    private static void Legendre(double t, Span<double> values)
    {
        var (before, now) = (1.0, t);
        for (var p = 1; p <= values.Length; p++)
        {
            values[p - 1] = Math.Sqrt(2 * p + 1) * now;
            (before, now) = (now, ((2 * p + 1) * t * now - p * before) / (p + 1));
        }
    }

    // Powers of the centre of a cell, each orthogonalised twice to those before it; a cell weighs what it is wide.
    private double[][] Polynomials(int levels)
    {
        var (centres, weights) = (new double[levels], new double[levels]);
        for (var level = 0; level < levels; level++)
        {
            var (low, high) = _parameter.CellOf(_parameter.CodeOfLevel(level));
            (centres[level], weights[level]) = (low + high - 1, high - low);
        }

        var found = new List<double[]> { Enumerable.Repeat(1.0, levels).ToArray() };
        for (var p = 1; p <= Count; p++)
        {
            var next = new double[levels];
            for (var level = 0; level < levels; level++)
            {
                next[level] = centres[level] * found[^1][level];
            }

            foreach (var other in found.Concat(found))
            {
                var shared = Inner(next, other, weights);
                for (var level = 0; level < levels; level++)
                {
                    next[level] -= shared * other[level];
                }
            }

            var norm = Math.Sqrt(Inner(next, next, weights));
            found.Add([.. next.Select(value => value / norm)]);
        }

        return [.. Enumerable.Range(0, levels).Select(level => found.Skip(1).Select(function => function[level]).ToArray())];
    }

    // Helmert's contrasts: function p tells value p+1 from all before it.
    private static double[][] Contrasts(int levels)
    {
        var table = new double[levels][];
        for (var level = 0; level < levels; level++)
        {
            table[level] = new double[levels - 1];
            for (var p = 0; p < levels - 1; p++)
            {
                var scale = Math.Sqrt((double)levels / ((p + 1) * (p + 2)));
                table[level][p] = level <= p ? scale : level == p + 1 ? -(p + 1) * scale : 0;
            }
        }

        return table;
    }

    private static double Inner(double[] one, double[] other, double[] weights)
    {
        var sum = 0.0;
        for (var i = 0; i < one.Length; i++)
        {
            sum += weights[i] * one[i] * other[i];
        }

        return sum;
    }
}
