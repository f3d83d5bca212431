namespace HyperOpt.Samplers.GaussianProcess;

/// <summary>A point that is compared with the rows of a <see cref="Covariance"/>, and what came of it.</summary>
internal sealed class KernelQuery(int axes, int capacity)
{
    /// <summary>The centred coordinate, or the category, on each axis.</summary>
    public double[] Features { get; } = new double[axes];

    /// <summary>1 where the axis is active, else 0.</summary>
    public double[] Active { get; } = new double[axes];

    /// <summary>e^{rate · feature}, 0 where inactive. A product of one point's rise and the other's fall is e^{±rate · difference}, at no cost of an exp.</summary>
    public double[] Rise { get; } = new double[axes];

    /// <summary>e^{-rate · feature}, 0 where inactive.</summary>
    public double[] Fall { get; } = new double[axes];

    /// <summary>The full part, with each row.</summary>
    public double[] Full { get; } = new double[capacity];

    /// <summary>(1 + t) e^{-t} of the full part, with each row.</summary>
    public double[] Slope { get; } = new double[capacity];

    /// <summary>The sum of the additive part over the axes, with each row.</summary>
    public double[] Additive { get; } = new double[capacity];

    /// <summary>1 + q of the quadratic part, with each row.</summary>
    public double[] Linear { get; } = new double[capacity];

    /// <summary>The kernel, with each row.</summary>
    public double[] Kernel { get; } = new double[capacity];
}
