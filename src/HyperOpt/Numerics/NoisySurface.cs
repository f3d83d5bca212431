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
    private readonly double[] _weights = [];
    private readonly double[,] _root = new double[0, 0];
    private readonly double _length;
    private readonly double _variance;

    /// <summary>Fits the surface.</summary>
    /// <param name="points">[n][axis] coordinates in [0,1], NaN where inactive.</param>
    /// <param name="values">[n], finite.</param>
    /// <param name="isOrdered">For each axis whether its order means something.</param>
    public NoisySurface(double[][] points, double[] values, bool[] isOrdered)
    {
        (_points, _isOrdered, _mean) = (points, isOrdered, values.Average());
        double[] centred = [.. values.Select(value => value - _mean)];
        var squared = Distances(points);
        var best = double.NegativeInfinity;
        foreach (var length in Lengths.Select(share => share * Math.Sqrt(isOrdered.Length)))
        {
            foreach (var noise in Noises)
            {
                var root = Covariances(squared, length, noise);
                if (!TryFactor(root))
                {
                    continue;
                }

                var weights = Solve(root, centred);
                var variance = Math.Max(Dot(centred, weights) / values.Length, 1e-300);
                var likelihood = -0.5 * values.Length * Math.Log(variance) - LogDiagonal(root);
                if (likelihood > best)
                {
                    (best, _root, _weights, _length, _variance, NoiseVariance) = (likelihood, root, weights, length, variance, noise * variance);
                }
            }
        }
    }

    /// <summary>The variance of one value about the surface.</summary>
    public double NoiseVariance { get; }

    /// <summary>What is believed of the surface, without noise, at a point.</summary>
    public (double Mean, double Deviation) At(ReadOnlySpan<double> point)
    {
        var covariances = new double[_points.Length];
        for (var i = 0; i < covariances.Length; i++)
        {
            covariances[i] = Matern(Squared(point, _points[i]), _length);
        }

        var half = Forward(_root, covariances);
        return (_mean + Dot(covariances, _weights), Math.Sqrt(_variance * Math.Max(0, 1 - Dot(half, half))));
    }

    /// <summary>The mean at a point, and its derivatives on some ordered axes that are active there.</summary>
    /// <param name="point">A coordinate for each axis; NaN where inactive.</param>
    /// <param name="axes">Which axes.</param>
    /// <param name="gradient">Gets a derivative for each of them.</param>
    public double MeanAt(ReadOnlySpan<double> point, ReadOnlySpan<int> axes, Span<double> gradient)
    {
        var sum = _mean;
        gradient.Clear();
        for (var i = 0; i < _weights.Length; i++)
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

    private static double[,] Covariances(double[,] squared, double length, double noise)
    {
        var n = squared.GetLength(0);
        var result = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                result[i, j] = Matern(squared[i, j], length);
            }

            result[i, i] += noise;
        }

        return result;
    }

    private static bool TryFactor(double[,] lower)
    {
        var n = lower.GetLength(0);
        for (var j = 0; j < n; j++)
        {
            for (var i = j; i < n; i++)
            {
                var sum = lower[i, j];
                for (var k = 0; k < j; k++)
                {
                    sum -= lower[i, k] * lower[j, k];
                }

                if (i == j && !(sum > 1e-12))
                {
                    return false;
                }

                lower[i, j] = i == j ? Math.Sqrt(sum) : sum / lower[j, j];
            }
        }

        return true;
    }

    private static double[] Solve(double[,] root, double[] values)
    {
        var result = Forward(root, values);
        for (var i = result.Length - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < result.Length; k++)
            {
                result[i] -= root[k, i] * result[k];
            }

            result[i] /= root[i, i];
        }

        return result;
    }

    private static double[] Forward(double[,] root, double[] values)
    {
        var result = new double[values.Length];
        for (var i = 0; i < result.Length; i++)
        {
            var sum = values[i];
            for (var k = 0; k < i; k++)
            {
                sum -= root[i, k] * result[k];
            }

            result[i] = sum / root[i, i];
        }

        return result;
    }

    private static double LogDiagonal(double[,] root)
    {
        var sum = 0.0;
        for (var i = 0; i < root.GetLength(0); i++)
        {
            sum += Math.Log(root[i, i]);
        }

        return sum;
    }

    private static double Dot(double[] one, double[] other)
    {
        var sum = 0.0;
        for (var i = 0; i < one.Length; i++)
        {
            sum += one[i] * other[i];
        }

        return sum;
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
