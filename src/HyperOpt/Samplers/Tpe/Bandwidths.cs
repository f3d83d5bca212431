using HyperOpt.Numerics;
using HyperOpt.Spaces;

namespace HyperOpt.Samplers.Tpe;

/// <summary>
/// The width of each kernel on an ordered axis: the larger of the gaps to its neighbours in the same density (the outermost use their inner gap), clipped
/// to [floor, 1].
/// </summary>
/// <remarks>
/// The floor is max(0.03, (n + 2)^-2) with n observations: that of Watanabe 2023, arXiv:2304.11127, with exponent 2. Optuna's 1/(n + 2) over-smooths
/// the good trials, of which there are few, exactly when budgets are small. On a finite axis the floor is at least
/// what keeps 90 % of a kernel inside its own cell (Watanabe et al. 2023, arXiv:2304.10255).
/// </remarks>
internal static class Bandwidths
{
    private const double MinWidth = 0.03;
    private const double CellQuantile = 1.6448536269514722; // Φ^-1(0.95)

    public static double Floor(int observations) => Math.Max(MinWidth, 1.0 / ((observations + 2.0) * (observations + 2.0)));

    /// <summary>Fills in centres and widths on one axis.</summary>
    /// <param name="parameter">The axis's parameter.</param>
    /// <param name="mu">The coordinates, ascending.</param>
    /// <param name="kernels">The kernel of each.</param>
    /// <param name="axis">The axis.</param>
    /// <param name="set">Where to fill in.</param>
    /// <param name="rows">The row of each, into the cache; -1 for a pending trial.</param>
    /// <param name="cache">The norms of the last time.</param>
    public static void Fill(
        Parameter parameter, ReadOnlySpan<double> mu, ReadOnlySpan<int> kernels, int axis, KernelSet set, ReadOnlySpan<int> rows, NormCache cache)
    {
        set.Present[axis] = mu.Length;
        var floor = Floor(mu.Length);
        for (var i = 0; i < mu.Length; i++)
        {
            set.Mu[axis][kernels[i]] = mu[i];
            if (parameter.IsOrdered)
            {
                var width = Math.Clamp(Gap(mu, i), floor, 1);
                width = parameter.Cardinality is null ? width : Math.Max(width, HalfCell(parameter, mu[i]) / CellQuantile);
                set.Sigma[axis][kernels[i]] = width;
                set.Norm[axis][kernels[i]] = cache.NormOf(rows[i], mu[i], width);
            }
        }
    }

    private static double HalfCell(Parameter parameter, double unit)
    {
        var (low, high) = parameter.Cell(unit);
        return (high - low) / 2;
    }

    private static double Gap(ReadOnlySpan<double> mu, int i)
    {
        if (mu.Length == 1)
        {
            return Math.Max(mu[0], 1 - mu[0]);
        }

        var left = i > 0 ? mu[i] - mu[i - 1] : 0;
        var right = i < mu.Length - 1 ? mu[i + 1] - mu[i] : 0;
        return Math.Max(left, right);
    }
}
