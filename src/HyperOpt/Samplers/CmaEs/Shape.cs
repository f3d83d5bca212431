namespace HyperOpt.Samplers.CmaEs;

/// <summary>The covariance matrix C of the search, up to a factor. Immutable. Vectors are padded with zeros.</summary>
internal abstract class Shape
{
    /// <summary>ln det C.</summary>
    public abstract double LogDeterminant { get; }

    /// <summary>The largest eigenvalue over the smallest.</summary>
    public abstract double Condition { get; }

    /// <summary>C_jj.</summary>
    public abstract double Variance(int dimension);

    /// <summary>C^½ z.</summary>
    public abstract double[] Colour(ReadOnlySpan<double> z);

    /// <summary>C^-½ y.</summary>
    public double[] Whiten(ReadOnlySpan<double> y)
    {
        var z = y.ToArray();
        WhitenRows(z);
        return z;
    }

    /// <summary>The same for each row of some, in its place.</summary>
    public abstract void WhitenRows(Span<double> rows);

    /// <summary>The mean and variance of one coordinate of N(0, C), given the others of y.</summary>
    public abstract (double Mean, double Variance) Given(int dimension, ReadOnlySpan<double> y);

    /// <summary>One standard deviation along a principal axis.</summary>
    public abstract double[] PrincipalStep(int index);

    /// <summary>keep C + c_1 p pᵀ + c_μ Σ w_i y_i y_iᵀ (eq. 47); null if that is no covariance matrix any more.</summary>
    /// <param name="keep">The weight of what was.</param>
    /// <param name="path">p times the root of c_1.</param>
    /// <param name="weights">w times c_μ.</param>
    /// <param name="steps">y.</param>
    /// <param name="gap">For how many updates eigenvectors are used.</param>
    public abstract Shape? Adapt(double keep, ReadOnlySpan<double> path, ReadOnlySpan<double> weights, double[][] steps, int gap);

    /// <summary>C^-½ (r C' - C) C^-½, as a vector.</summary>
    public abstract double[] ChangeTo(Shape next, double ratio);

    /// <summary>C + η (r C' - C), scaled to determinant 1, and by what it was divided for that; null if it is no covariance matrix.</summary>
    public abstract (Shape Shape, double Scale)? Towards(Shape next, double ratio, double rate);
}
