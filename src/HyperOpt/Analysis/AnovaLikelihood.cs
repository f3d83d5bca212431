using HyperOpt.Numerics;

namespace HyperOpt.Analysis;

/// <summary>
/// -ln p(y | θ) - ln p(θ) of <see cref="AnovaKernel"/>, up to a constant, and its gradient: with α = K⁻¹y and G = ααᵀ - K⁻¹ it is -½ Σ_ij G_ij dK_ij/dθ
/// (Rasmussen and Williams 2006, eq. 5.9).
/// </summary>
internal sealed class AnovaLikelihood
{
    private const int Block = FeatureTable.Block;

    private readonly FeatureTable _features;
    private readonly double[] _targets;
    private readonly CholeskyFactor _factor;
    private readonly double[] _alpha;
    private readonly double[] _matrix;
    private readonly double[] _scratch;
    private readonly double[] _slope;

    public AnovaLikelihood(FeatureTable features, double[] targets)
    {
        (_features, _targets) = (features, targets);
        var size = features.Stride * features.Stride;
        (_matrix, _scratch) = (new double[size], new double[size]);
        (_factor, _alpha, _slope) = (new CholeskyFactor(features.Count), new double[features.Stride], new double[features.Stride]);
    }

    /// <summary>
    /// The share of the variance of the targets that the model explains of each from all the others, at the hyperparameters evaluated last: leaving one out changes
    /// its prediction to y - α / K⁻¹'s diagonal (Rasmussen and Williams 2006, eq. 5.12). At most 1, below 0 where the mean would be better.
    /// </summary>
    public double Explained { get; private set; }

    /// <summary>The value at some hyperparameters, infinite where the matrix cannot be factorized; writes the gradient.</summary>
    public double Evaluate(ReadOnlySpan<double> theta, Span<double> gradient)
    {
        gradient.Clear();
        var penalty = AnovaScales.Penalty(theta, gradient);
        var scales = new AnovaScales(theta, _features.Axes);
        var kernel = new AnovaKernel(_features, scales.Spectra, scales.OrderWeights);
        if (!TryFactor(_factor, kernel, scales.Noise, _matrix))
        {
            return double.PositiveInfinity;
        }

        _alpha.AsSpan().Clear();
        _targets.CopyTo(_alpha, 0);
        _factor.Forward(_alpha);
        var value = 0.5 * RowProducts.Dot(_alpha, _alpha) + 0.5 * _factor.LogDeterminant + penalty;
        _factor.Back(_alpha);
        WriteWeights();
        AddGradient(kernel, scales, gradient);
        return value;
    }

    /// <summary>Factorizes the kernel matrix with noise; false if it is not positive definite.</summary>
    public static bool TryFactor(CholeskyFactor factor, AnovaKernel kernel, double noise, double[] matrix)
    {
        var (count, stride) = (kernel.Features.Count, kernel.Features.Stride);
        for (var first = 0; first < count; first += Block)
        {
            kernel.CompareRows(first);
            for (var row = first; row < Math.Min(first + Block, count); row++)
            {
                kernel.Kernel.AsSpan((row - first) * stride, row + 1).CopyTo(matrix.AsSpan(row * stride));
                matrix[row * stride + row] += noise + 1e-9;
            }
        }

        return factor.TryFactor(new RowBlock(matrix, 0, stride), count, out _);
    }

    // G, of which the part below the diagonal counts twice, and nothing above.
    private void WriteWeights()
    {
        var (count, stride) = (_features.Count, _features.Stride);
        _matrix.AsSpan().Clear();
        _factor.SubtractInverse(new RowBlock(_matrix, 0, stride), new RowBlock(_scratch, 0, stride));
        var (left, all) = (0.0, 0.0);
        for (var row = 0; row < count; row++)
        {
            var at = _matrix.AsSpan(row * stride, stride);
            var residual = -_alpha[row] / at[row];
            left += residual * residual;
            all += _targets[row] * _targets[row];
            for (var column = 0; column <= row; column++)
            {
                at[column] = (at[column] + _alpha[row] * _alpha[column]) * (column < row ? 2 : 1);
            }

            at[(row + 1)..].Clear();
        }

        Explained = 1 - left / all;
    }

    private void AddGradient(AnovaKernel kernel, AnovaScales scales, Span<double> gradient)
    {
        var (axes, count, stride) = (_features.Axes.Count, _features.Count, _features.Stride);
        for (var first = 0; first < count; first += Block)
        {
            kernel.CompareRows(first);
            for (var axis = 0; axis < axes; axis++)
            {
                for (var row = first; row < Math.Min(first + Block, count); row++)
                {
                    var length = RowProducts.Padded(row + 1);
                    var weighted = _slope.AsSpan(0, length);
                    kernel.WeightedSlope(axis, row - first, _matrix.AsSpan(row * stride, length), weighted);
                    for (var p = 0; p < scales.Spectra[axis].Length; p++)
                    {
                        var column = _features.Column(axis, p);
                        var sum = 0.5 * column[row] * RowProducts.Dot(weighted, column[..length]);
                        gradient[axis] -= sum * scales.Spectra[axis][p];
                        gradient[axes + axis] -= sum * scales.Slopes[axis][p];
                    }
                }
            }

            for (var row = first; row < Math.Min(first + Block, count); row++)
            {
                var weights = _matrix.AsSpan(row * stride, RowProducts.Padded(row + 1));
                var (two, three) = kernel.OrderSums(row - first, weights);
                gradient[2 * axes] -= 0.5 * two * scales.OrderWeights[2];
                gradient[2 * axes + 1] -= 0.5 * three * scales.OrderWeights[3];
                gradient[2 * axes + 2] -= 0.5 * weights[row] * scales.Noise;
            }
        }
    }
}
