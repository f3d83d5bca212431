using System.Runtime.CompilerServices;
using HyperOpt.Numerics;

namespace HyperOpt.Samplers.CmaEs;

/// <summary>The normal distribution that is searched by: m + σ A N(0, C). Immutable. Vectors are padded with zeros.</summary>
internal sealed record Gaussian
{
    /// <summary>m.</summary>
    public required double[] Mean { get; init; }

    /// <summary>σ.</summary>
    public required double Sigma { get; init; }

    /// <summary>C.</summary>
    public required Shape Shape { get; init; }

    /// <summary>The diagonal of A, which widens discrete dimensions: <see cref="Margin"/>.</summary>
    public required double[] Widths { get; init; }

    /// <summary>With what chance each discrete dimension leaves the mean's cell, at most: <see cref="Margin"/>.</summary>
    public required double[] Mobility { get; init; }

    /// <summary>p_σ.</summary>
    public required double[] Path { get; init; }

    /// <summary>p_c.</summary>
    public required double[] ShapePath { get; init; }

    /// <summary>How fast it learns, if that adapts.</summary>
    public LearningRates? Rates { get; init; }

    /// <summary>Updates so far.</summary>
    public int Generation { get; init; }

    /// <summary>A distribution of a mean, a size and a shape.</summary>
    public static Gaussian Begin(double[] mean, double sigma, Shape shape, bool adaptsRates) => new()
    {
        Mean = mean,
        Sigma = sigma,
        Shape = shape,
        Widths = [.. Enumerable.Repeat(1.0, mean.Length)],
        Mobility = [.. Enumerable.Repeat(0.5, mean.Length)],
        Path = new double[mean.Length],
        ShapePath = new double[mean.Length],
        Rates = adaptsRates ? LearningRates.Begin : null,
    };

    /// <summary>The standard deviation of a dimension.</summary>
    public double Deviation(int dimension) => Sigma * Widths[dimension] * Math.Sqrt(Shape.Variance(dimension));

    /// <summary>The point of a standard normal vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double[] PointOf(ReadOnlySpan<double> z)
    {
        var point = Shape.Colour(z);
        for (var j = 0; j < point.Length; j++)
        {
            point[j] = Mean[j] + Sigma * Widths[j] * point[j];
        }

        return point;
    }

    /// <summary>The step (eq. 39) that leads to a coordinate.</summary>
    public double StepTo(int dimension, double coordinate) => (coordinate - Mean[dimension]) / (Sigma * Widths[dimension]);

    /// <summary>The step to a point; 0 where the point has no coordinate.</summary>
    /// <param name="point">By axis.</param>
    /// <param name="axes">The axis of each dimension.</param>
    /// <param name="step">Padded with zeros.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void StepsTo(ReadOnlySpan<double> point, int[] axes, Span<double> step)
    {
        for (var j = 0; j < axes.Length; j++)
        {
            step[j] = double.IsNaN(point[axes[j]]) ? 0 : (point[axes[j]] - Mean[j]) / (Sigma * Widths[j]);
        }
    }

    /// <summary>The distribution after an update (eq. 41 to 47); null if what comes of it is no distribution.</summary>
    /// <param name="constants">Its rates.</param>
    /// <param name="steps">The steps of the trials.</param>
    /// <param name="selection">Their weights.</param>
    /// <param name="dimensions">How many dimensions.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Gaussian? Update(StrategyConstants constants, double[][] steps, Selection selection, int dimensions)
    {
        var mean = new double[Mean.Length]; // in steps
        for (var i = 0; i < steps.Length; i++)
        {
            SymmetricEigen.Add(mean, selection.Recombination[i], steps[i]);
        }

        var path = new double[Path.Length];
        SymmetricEigen.Add(path, 1 - constants.PathRate, Path);
        SymmetricEigen.Add(path, Math.Sqrt(constants.PathRate * (2 - constants.PathRate) * selection.Mass), Shape.Whiten(mean));
        var length = Math.Sqrt(RowProducts.Dot(path, path));
        var sigma = Sigma * Math.Exp(Math.Min(1, constants.PathRate / constants.Damping * (length / constants.ExpectedLength - 1)));

        var settled = Math.Sqrt(1 - Math.Pow(1 - constants.PathRate, 2 * (Generation + 1)));
        var isSteady = length / settled < (1.4 + 2.0 / (dimensions + 1)) * constants.ExpectedLength;
        var shapePath = new double[ShapePath.Length];
        SymmetricEigen.Add(shapePath, 1 - constants.ShapePathRate, ShapePath);
        if (isSteady)
        {
            SymmetricEigen.Add(shapePath, Math.Sqrt(constants.ShapePathRate * (2 - constants.ShapePathRate) * selection.Mass), mean);
        }

        if (AdaptShape(constants, steps, selection, shapePath, isSteady, dimensions) is not { } shape || !double.IsFinite(sigma) || !(sigma > 0))
        {
            return null;
        }

        for (var j = 0; j < mean.Length; j++)
        {
            mean[j] = Mean[j] + Sigma * Widths[j] * mean[j];
        }

        var next = this with { Mean = mean, Sigma = sigma, Shape = shape, Path = path, ShapePath = shapePath, Generation = Generation + 1 };
        return Rates is null ? next : Rates.Damp(this, next);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Shape? AdaptShape(StrategyConstants constants, double[][] steps, Selection selection, double[] shapePath, bool isSteady, int dimensions)
    {
        var weights = new double[steps.Length];
        var total = 0.0;
        for (var i = 0; i < steps.Length; i++)
        {
            var weight = constants.RankMany * selection.Weights[i];
            total += weight;
            if (weight < 0)
            {
                var white = Shape.Whiten(steps[i]);
                weight *= dimensions / (RowProducts.Dot(white, white) + 1e-8); // eq. 46
            }

            weights[i] = weight;
        }

        var loss = isSteady ? 0 : constants.ShapePathRate * (2 - constants.ShapePathRate);
        var path = new double[shapePath.Length];
        SymmetricEigen.Add(path, Math.Sqrt(constants.RankOne), shapePath);
        return Shape.Adapt(1 + constants.RankOne * loss - constants.RankOne - total, path, weights, steps, constants.DecompositionGap);
    }
}
