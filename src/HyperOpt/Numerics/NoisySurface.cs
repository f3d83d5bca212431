namespace HyperOpt.Numerics;

/// <summary>
/// A Gaussian process through noisy values: Matérn 5/2 of one length for all axes, whose length and share of noise are those of the highest marginal
/// likelihood on a grid, with the variance profiled out. Small on purpose: it says what to believe of points that were tried, not where to look next.
/// </summary>
/// <remarks>
/// Categories that differ, and axes that only one of two points has, are one apart. Source: Rasmussen and Williams 2006, Gaussian Processes for
/// Machine Learning, chapters 2, 4 and 5. Cost: n³/3 for each of 40 grid points.
/// </remarks>
internal sealed class NoisySurface
{
    private static readonly double[] Lengths = [0.1, 0.25, 0.5, 1, 2];
    private static readonly double[] Noises = [1e-6, 1e-4, 1e-3, 1e-2, 0.05, 0.2, 0.6, 2];

    private readonly double[][] _points;
    private readonly bool[] _isOrdered;
    private readonly double _mean;
    private readonly double[] _weights; // K⁻¹ (values - mean)
    private readonly CholeskyFactor _root; // of K
    private readonly double _length;
    private readonly double _variance;

    /// <summary>Fits the surface.</summary>
    /// <param name="points">[n][axis] coordinates in [0,1], NaN where inactive.</param>
    /// <param name="values">[n], finite.</param>
    /// <param name="isOrdered">For each axis whether its order means something.</param>
    public NoisySurface(double[][] points, double[] values, bool[] isOrdered)
    {
        (_points, _isOrdered, _mean) = (points, isOrdered, values.Average());
        var squared = Distances(points);
        var (best, tried) = (double.NegativeInfinity, new CholeskyFactor(points.Length));
        (_root, _weights) = (new CholeskyFactor(points.Length), []);
        var matrix = new RowBlock(new double[points.Length * tried.Stride], 0, tried.Stride);
        foreach (var length in Lengths.Select(share => share * Math.Sqrt(isOrdered.Length)))
        {
            SetCovariances(matrix, squared, length);
            foreach (var noise in Noises)
            {
                SetDiagonal(matrix, points.Length, 1 + noise);
                if (!tried.TryFactor(matrix, points.Length, out var jitter) || jitter > 0)
                {
                    continue; // a larger share of noise will do
                }

                var half = Padded(values, tried.Stride);
                tried.Forward(half);
                var variance = Math.Max(RowProducts.Dot(half, half) / values.Length, 1e-300);
                var likelihood = -0.5 * (values.Length * Math.Log(variance) + tried.LogDeterminant);
                if (likelihood > best)
                {
                    (best, _length, _variance, NoiseVariance) = (likelihood, length, variance, noise * variance);
                    (_root, tried, _weights) = (tried, _root, half);
                }
            }
        }

        _root.Back(_weights);
    }

    /// <summary>The variance of one value about the surface.</summary>
    public double NoiseVariance { get; }

    /// <summary>What is believed of the surface, without noise, at a point.</summary>
    public (double Mean, double Deviation) At(ReadOnlySpan<double> point)
    {
        var covariances = new double[_root.Stride];
        for (var i = 0; i < _points.Length; i++)
        {
            covariances[i] = Matern(Squared(point, _points[i]), _length);
        }

        var mean = _mean + RowProducts.Dot(covariances, _weights);
        _root.Forward(covariances);
        return (mean, Math.Sqrt(_variance * Math.Max(0, 1 - RowProducts.Dot(covariances, covariances))));
    }

    /// <summary>The mean at a point, and its derivatives on some ordered axes that are active there.</summary>
    /// <param name="point">A coordinate for each axis; NaN where inactive.</param>
    /// <param name="axes">Which axes.</param>
    /// <param name="gradient">Gets a derivative for each of them.</param>
    public double MeanAt(ReadOnlySpan<double> point, ReadOnlySpan<int> axes, Span<double> gradient)
    {
        var sum = _mean;
        gradient.Clear();
        for (var i = 0; i < _points.Length; i++)
        {
            var squared = Squared(point, _points[i]);
            sum += _weights[i] * Matern(squared, _length);
            if (axes.IsEmpty)
            {
                continue;
            }

            // By the squared distance: -5 (1 + r) e^-r / (6 l²).
            var r = Math.Sqrt(5 * squared) / _length;
            var slope = -_weights[i] * 5 * (1 + r) * Math.Exp(-r) / (3 * _length * _length);
            for (var at = 0; at < axes.Length; at++)
            {
                var distance = point[axes[at]] - _points[i][axes[at]];
                gradient[at] += double.IsNaN(distance) ? 0 : slope * distance;
            }
        }

        return sum;
    }

    private static double Matern(double squared, double length)
    {
        var r = Math.Sqrt(5 * squared) / length;
        return (1 + r + r * r / 3) * Math.Exp(-r);
    }

    private static void SetCovariances(RowBlock matrix, double[,] squared, double length)
    {
        for (var i = 0; i < squared.GetLength(0); i++)
        {
            var row = matrix.Row(i, i + 1);
            for (var j = 0; j < i; j++)
            {
                row[j] = Matern(squared[i, j], length);
            }
        }
    }

    private static void SetDiagonal(RowBlock matrix, int count, double value)
    {
        for (var i = 0; i < count; i++)
        {
            matrix.Row(i, i + 1)[i] = value;
        }
    }

    // The values about their mean.
    private double[] Padded(double[] values, int stride)
    {
        var padded = new double[stride];
        for (var i = 0; i < values.Length; i++)
        {
            padded[i] = values[i] - _mean;
        }

        return padded;
    }

    private double[,] Distances(double[][] points)
    {
        var result = new double[points.Length, points.Length];
        for (var i = 0; i < points.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                result[i, j] = Squared(points[i], points[j]);
            }
        }

        return result;
    }

    private double Squared(ReadOnlySpan<double> one, ReadOnlySpan<double> other)
    {
        var sum = 0.0;
        for (var axis = 0; axis < one.Length; axis++)
        {
            var (a, b) = (one[axis], other[axis]);
            sum += double.IsNaN(a) != double.IsNaN(b) ? 1 : a == b || double.IsNaN(a) ? 0 : _isOrdered[axis] ? (a - b) * (a - b) : 1;
        }

        return sum;
    }
}
