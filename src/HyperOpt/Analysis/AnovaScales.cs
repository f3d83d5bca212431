namespace HyperOpt.Analysis;

/// <summary>
/// The hyperparameters of <see cref="AnovaKernel"/>: for each axis the variance of its effect and how fast it decays with the degree, the variances of
/// interactions of two and of three, and the noise; as logarithms, with their priors and bounds, and in the form that the kernel needs.
/// </summary>
internal sealed class AnovaScales
{
    /// <summary>Interactions of more parameters than this are left out.</summary>
    public const int MaxOrder = 3;

    private const double SpectralPower = 3; // ν + ½ for ν = 5/2
    private static readonly double LnHalf = Math.Log(0.5);

    /// <param name="theta">The logarithms.</param>
    /// <param name="axes">The axes.</param>
    public AnovaScales(ReadOnlySpan<double> theta, IReadOnlyList<OrthonormalBasis> axes)
    {
        var count = axes.Count;
        (Spectra, Slopes) = (new double[count][], new double[count][]);
        for (var axis = 0; axis < count; axis++)
        {
            (Spectra[axis], Slopes[axis]) = SpectrumOf(axes[axis], Math.Exp(theta[axis]), Math.Exp(theta[count + axis]));
        }

        OrderWeights = [1, 1, Math.Exp(theta[2 * count]), Math.Exp(theta[2 * count + 1])];
        Noise = Math.Exp(theta[2 * count + 2]);
    }

    /// <summary>For each axis the variance of each function.</summary>
    public double[][] Spectra { get; }

    /// <summary>Their derivatives by the logarithm of the axis's length.</summary>
    public double[][] Slopes { get; }

    /// <summary>The weights of the constant, of effects of one parameter, of two and of three.</summary>
    public double[] OrderWeights { get; }

    /// <summary>The variance of the noise.</summary>
    public double Noise { get; }

    public static int Count(int axes) => 2 * axes + MaxOrder;

    /// <summary>Where a fit begins.</summary>
    public static double[] Start(int axes)
    {
        var start = new double[Count(axes)];
        start.AsSpan(0, axes).Fill(Math.Log(0.1));
        start.AsSpan(axes, axes).Fill(Math.Log(0.4));
        (start[2 * axes], start[2 * axes + 1], start[2 * axes + 2]) = (LnHalf, LnHalf, -6);
        return start;
    }

    public static (double[] Lower, double[] Upper) Bounds(int axes)
    {
        var (lower, upper) = (new double[Count(axes)], new double[Count(axes)]);
        lower.AsSpan(0, axes).Fill(-12);
        upper.AsSpan(0, axes).Fill(3);
        lower.AsSpan(axes, axes).Fill(-3);
        upper.AsSpan(axes, axes).Fill(2);
        lower.AsSpan(2 * axes, 2).Fill(-8);
        upper.AsSpan(2 * axes, 2).Fill(3);
        (lower[^1], upper[^1]) = (-16, 1);
        return (lower, upper);
    }

    /// <summary>Minus the logarithm of the prior, up to a constant; adds its gradient. Wide: they keep a fit of few trials in bounds, and no more.</summary>
    public static double Penalty(ReadOnlySpan<double> theta, Span<double> gradient)
    {
        var axes = (theta.Length - MaxOrder) / 2;
        var sum = 0.0;
        for (var axis = 0; axis < axes; axis++)
        {
            sum += Normal(theta, gradient, axis, Math.Log(0.05), 3);
            sum += Normal(theta, gradient, axes + axis, Math.Log(0.4), 1);
        }

        sum += Normal(theta, gradient, 2 * axes, LnHalf, 1.5);
        sum += Normal(theta, gradient, 2 * axes + 1, LnHalf, 1.5);
        return sum + Normal(theta, gradient, 2 * axes + 2, -8, 3);
    }

    private static double Normal(ReadOnlySpan<double> theta, Span<double> gradient, int at, double mean, double spread)
    {
        var z = (theta[at] - mean) / spread;
        gradient[at] += z / spread;
        return 0.5 * z * z;
    }

    // λ_p = a r_p / Σ r with r_p = (1 + l²p²)^-3, as Matérn's spectral density in the degree; on categories r = 1.
    private static (double[] Spectrum, double[] Slope) SpectrumOf(OrthonormalBasis axis, double variance, double length)
    {
        var (spectrum, slope) = (new double[axis.Count], new double[axis.Count]);
        for (var p = 0; p < axis.Count; p++)
        {
            var square = length * (p + 1) * (length * (p + 1));
            spectrum[p] = axis.IsOrdered ? Math.Pow(1 + square, -SpectralPower) : 1;
            slope[p] = axis.IsOrdered ? -2 * SpectralPower * square / (1 + square) * spectrum[p] : 0;
        }

        var (sum, slopes) = (spectrum.Sum(), slope.Sum());
        for (var p = 0; p < axis.Count; p++)
        {
            slope[p] = variance * (slope[p] / sum - spectrum[p] * slopes / (sum * sum));
            spectrum[p] *= variance / sum;
        }

        return (spectrum, slope);
    }
}
