using HyperOpt.Spaces;

namespace HyperOpt.Samplers.Tpe;

/// <summary>How wide kernels are.</summary>
/// <remarks>
/// The larger of the gaps to the neighbours in the same density (the outermost use their inner gap), clipped to [floor, 1].
/// The floor is max(m, (n + 2)^-2) with n observations: that of Watanabe 2023, arXiv:2304.11127, with exponent 2. Optuna's 1/(n + 2) over-smooths
/// the good trials, of which there are few, exactly when budgets are small. The m is 0.02, for several objectives 0.03: by our ablation,
/// docs/samplers/tpe.md. On a finite axis the floor is at least
/// what keeps 90 % of a kernel inside its own cell (Watanabe et al. 2023, arXiv:2304.10255).
/// </remarks>
internal static class Bandwidth
{
    private const double MinWidth = 0.02;
    private const double MinWidthOnFronts = 0.03;
    private const double CellQuantile = 1.6448536269514722; // Φ^-1(0.95)

    public static double Floor(int observations, int objectives) => Math.Max(objectives == 1 ? MinWidth : MinWidthOnFronts, 1.0 / ((observations + 2.0) * (observations + 2.0)));

    /// <summary>The width of a kernel whose larger gap is given.</summary>
    public static double Of(Parameter parameter, double mu, double gap, double floor)
    {
        var width = Math.Clamp(gap, floor, 1);
        if (parameter.Cardinality is null)
        {
            return width;
        }

        var (low, high) = parameter.Cell(mu);
        return Math.Max(width, (high - low) / 2 / CellQuantile);
    }
}
