namespace HyperOpt.Samplers.GaussianProcess;

/// <summary>
/// What a fit finds, as logarithms: a length-scale for each axis, the variances of the three parts of the kernel, the ratio c of the length-scales of the
/// additive part to those of the full part, and the variance of the noise; with their priors and bounds.
/// </summary>
/// <remarks>Priors: length-scales log-normal after Hvarfner et al. 2024, arXiv:2402.02229, growing with the square root of the number of axes from 20 on.</remarks>
internal static class HyperParameters
{
    /// <summary>How many there are besides the length-scales.</summary>
    public const int Shared = 5;

    private const double NoiseMean = -7;
    private const double NoiseSpread = 2;
    private const double RatioSpread = 0.5;

    public static int Count(int axes) => axes + Shared;

    public static int Full(int axes) => axes;

    public static int Additive(int axes) => axes + 1;

    public static int Quadratic(int axes) => axes + 2;

    public static int Ratio(int axes) => axes + 3;

    public static int Noise(int axes) => axes + 4;

    /// <summary>Where the prior is highest.</summary>
    public static double[] Mode(int axes)
    {
        var mode = new double[Count(axes)];
        mode.AsSpan(0, axes).Fill(LengthMean(axes));
        mode[Full(axes)] = 0;
        mode[Additive(axes)] = Math.Log(0.5);
        mode[Quadratic(axes)] = Math.Log(0.5);
        mode[Ratio(axes)] = 0;
        mode[Noise(axes)] = NoiseMean;
        return mode;
    }

    public static (double[] Lower, double[] Upper) Bounds(int axes)
    {
        var (lower, upper) = (new double[Count(axes)], new double[Count(axes)]);
        lower.AsSpan(0, axes).Fill(-3.7);
        upper.AsSpan(0, axes).Fill(5);
        lower.AsSpan(axes, 3).Fill(-10);
        upper.AsSpan(axes, 3).Fill(5);
        (lower[Ratio(axes)], upper[Ratio(axes)]) = (-1.5, 1.5);
        (lower[Noise(axes)], upper[Noise(axes)]) = (Math.Log(1e-6), 1);
        return (lower, upper);
    }

    /// <summary>-ln of the prior density, up to a constant; adds its gradient.</summary>
    public static double Penalty(ReadOnlySpan<double> theta, Span<double> gradient)
    {
        var axes = theta.Length - Shared;
        var sum = 0.0;
        for (var axis = 0; axis < axes; axis++)
        {
            sum += Normal(theta, gradient, axis, LengthMean(axes), 1);
        }

        sum += Gamma(theta, gradient, Full(axes), 1); // shape 2, rate 1, as a density of the variance
        sum += Gamma(theta, gradient, Additive(axes), 0.5);
        sum += Gamma(theta, gradient, Quadratic(axes), 0.5);
        sum += Normal(theta, gradient, Ratio(axes), 0, RatioSpread);
        return sum + Normal(theta, gradient, Noise(axes), NoiseMean, NoiseSpread);
    }

    private static double LengthMean(int axes) => Math.Log(0.5) + (axes > 20 ? 0.5 * Math.Log(axes / 8.0) : 0);

    private static double Normal(ReadOnlySpan<double> theta, Span<double> gradient, int at, double mean, double spread)
    {
        var z = (theta[at] - mean) / spread;
        gradient[at] += z / spread;
        return 0.5 * z * z;
    }

    // -(a ln s - s) for s = e^theta.
    private static double Gamma(ReadOnlySpan<double> theta, Span<double> gradient, int at, double a)
    {
        var variance = Math.Exp(theta[at]);
        gradient[at] += variance - a;
        return variance - a * theta[at];
    }
}
