namespace HyperOpt.Samplers.Tpe;

/// <summary>
/// The kernels of one density: an observation each, with a weight, and the prior last.
/// <c>Mu[axis][kernel]</c> is NaN where the observation has no coordinate (and for the prior, always): its factor there is the prior's, 1 on [0,1].
/// </summary>
internal sealed class KernelSet
{
    public KernelSet(int axes, double[] weights)
    {
        Weights = weights;
        Mu = new double[axes][];
        Sigma = new double[axes][];
        Norm = new double[axes][];
        Present = new int[axes];
        for (var axis = 0; axis < axes; axis++)
        {
            Mu[axis] = new double[weights.Length];
            Sigma[axis] = new double[weights.Length];
            Norm[axis] = new double[weights.Length];
            Array.Fill(Mu[axis], double.NaN);
            Array.Fill(Sigma[axis], 1);
        }
    }

    /// <summary>How many kernels there are, the prior included.</summary>
    public int Count => Weights.Length;

    /// <summary>The kernels' weights; they need not sum to 1.</summary>
    public double[] Weights { get; }

    public double[][] Mu { get; }

    public double[][] Sigma { get; }

    /// <summary>The width times the mass of the untruncated kernel on [0,1]: what its density is divided by, up to the constant √(2π).</summary>
    public double[][] Norm { get; }

    /// <summary>How many observations have a coordinate on each axis.</summary>
    public int[] Present { get; }
}
