namespace HyperOpt.Samplers.GaussianProcess;

/// <summary>The hyperparameters in the form in which the kernel needs them.</summary>
internal sealed class KernelScales
{
    private const double Sqrt5 = 2.23606797749978969640917366873128;

    public KernelScales(ReadOnlySpan<double> theta)
    {
        Axes = theta.Length - HyperParameters.Shared;
        Full = Math.Exp(theta[HyperParameters.Full(Axes)]);
        Additive = Math.Exp(theta[HyperParameters.Additive(Axes)]) / Math.Max(1, Axes);
        Quadratic = Math.Exp(theta[HyperParameters.Quadratic(Axes)]) / Math.Max(1, Axes);
        Noise = Math.Exp(theta[HyperParameters.Noise(Axes)]);
        Lengths = new double[Axes];
        InverseSquares = new double[Axes];
        Rates = new double[Axes];
        Apart = new double[Axes];
        ApartSlope = new double[Axes];
        var ratio = Math.Exp(theta[HyperParameters.Ratio(Axes)]);
        for (var axis = 0; axis < Axes; axis++)
        {
            Lengths[axis] = Math.Exp(theta[axis]);
            InverseSquares[axis] = 1 / (Lengths[axis] * Lengths[axis]);
            var t = Rates[axis] = Sqrt5 / (ratio * Lengths[axis]);
            Apart[axis] = (1 + t + t * t / 3) * Math.Exp(-t);
            ApartSlope[axis] = t * t * (1 + t) / 3 * Math.Exp(-t);
        }
    }

    public int Axes { get; }

    /// <summary>The variance s1 of the part with all interactions.</summary>
    public double Full { get; }

    /// <summary>The variance of the additive part, for one axis: s2 / d.</summary>
    public double Additive { get; }

    /// <summary>The variance of the quadratic part: s3 / d.</summary>
    public double Quadratic { get; }

    /// <summary>The variance of the noise.</summary>
    public double Noise { get; }

    /// <summary>The length-scales l of the full part.</summary>
    public double[] Lengths { get; }

    /// <summary>1 / l².</summary>
    public double[] InverseSquares { get; }

    /// <summary>√5 / (c l), of the additive part.</summary>
    public double[] Rates { get; }

    /// <summary>The additive part for two categories that differ.</summary>
    public double[] Apart { get; }

    /// <summary>Its derivative by ln l.</summary>
    public double[] ApartSlope { get; }

    /// <summary>All variance of the signal, in units of the data's.</summary>
    public double Signal => Full + (Additive + Quadratic) * Axes;
}
