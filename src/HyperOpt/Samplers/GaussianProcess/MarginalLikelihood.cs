using HyperOpt.Numerics;

namespace HyperOpt.Samplers.GaussianProcess;

/// <summary>
/// -ln p(z | θ) - ln p(θ), up to a constant, and its gradient: ½ zᵀK⁻¹z + ½ ln det K + penalty. With α = K⁻¹z and G = ααᵀ - K⁻¹ the gradient is
/// -½ Σ_ij G_ij dK_ij/dθ (Rasmussen and Williams 2006, eq. 5.9).
/// </summary>
internal sealed class MarginalLikelihood
{
    private readonly int _axes;
    private readonly int _count;
    private readonly int _stride;
    private readonly Covariance _covariance;
    private readonly double[] _targets;
    private readonly double[] _extraNoise;
    private readonly double[] _alpha;
    private readonly double[] _matrix;
    private readonly double[] _scratch;
    private readonly double[] _slopes;
    private readonly double[] _full;
    private readonly double[] _additive;
    private readonly double[] _quadratic;
    private readonly CholeskyFactor _factor;
    private readonly KernelQuery _query;

    /// <param name="axes">The axes.</param>
    /// <param name="points">The points of the rows.</param>
    /// <param name="targets">What was observed there.</param>
    /// <param name="extraNoise">Variance beyond that of the noise, for each row.</param>
    public MarginalLikelihood(ModelAxes axes, IReadOnlyList<ReadOnlyMemory<double>> points, double[] targets, double[] extraNoise)
    {
        (_axes, _count) = (axes.Count, points.Count);
        _stride = CholeskyFactor.StrideFor(_count);
        (_targets, _extraNoise, _alpha) = (targets, extraNoise, new double[_stride]);
        var size = _stride * _stride;
        (_matrix, _scratch, _slopes) = (new double[size], new double[size], new double[size]);
        (_full, _additive, _quadratic) = (new double[size], new double[size], new double[size]);
        _factor = new CholeskyFactor(_count);
        _covariance = new Covariance(axes, new KernelScales(HyperParameters.Mode(_axes)), _stride);
        _query = new KernelQuery(_axes, _stride);
        foreach (var point in points)
        {
            _covariance.Set(_query, point.Span);
            _covariance.Add(_query);
        }
    }

    /// <summary>The value at some hyperparameters, infinite where the matrix cannot be factorized; writes the gradient.</summary>
    public double Evaluate(ReadOnlySpan<double> theta, Span<double> gradient)
    {
        gradient.Clear();
        var penalty = HyperParameters.Penalty(theta, gradient);
        var scales = new KernelScales(theta);
        _covariance.Rescale(scales);
        Build(scales);
        if (!_factor.TryFactor(new RowBlock(_matrix, 0, _stride), _count, out _))
        {
            return double.PositiveInfinity;
        }

        _alpha.AsSpan().Clear();
        _targets.AsSpan(0, _count).CopyTo(_alpha);
        _factor.Forward(_alpha);
        var value = 0.5 * RowProducts.Dot(_alpha, _alpha) + 0.5 * _factor.LogDeterminant + penalty;
        _factor.Back(_alpha);
        AddGradient(scales, gradient);
        return value;
    }

    private void Build(KernelScales scales)
    {
        for (var row = 0; row < _count; row++)
        {
            _covariance.Set(_query, row);
            _covariance.Compare(_query, row + 1);
            var at = row * _stride;
            _query.Kernel.AsSpan(0, row + 1).CopyTo(_matrix.AsSpan(at));
            _query.Slope.AsSpan(0, row + 1).CopyTo(_slopes.AsSpan(at));
            _query.Full.AsSpan(0, row + 1).CopyTo(_full.AsSpan(at));
            _query.Additive.AsSpan(0, row + 1).CopyTo(_additive.AsSpan(at));
            for (var column = 0; column <= row; column++)
            {
                _quadratic[at + column] = _query.Linear[column] * _query.Linear[column];
            }

            _matrix[at + row] += scales.Noise + _extraNoise[row];
        }
    }

    private void AddGradient(KernelScales scales, Span<double> gradient)
    {
        for (var row = 0; row < _count; row++)
        {
            for (var column = 0; column <= row; column++)
            {
                _matrix[row * _stride + column] = _alpha[row] * _alpha[column];
            }
        }

        _factor.SubtractInverse(new RowBlock(_matrix, 0, _stride), new RowBlock(_scratch, 0, _stride));
        Span<double> full = _axes <= 128 ? stackalloc double[_axes] : new double[_axes];
        Span<double> additive = _axes <= 128 ? stackalloc double[_axes] : new double[_axes];
        var (trace, sumFull, sumAdditive, sumQuadratic) = (0.0, 0.0, 0.0, 0.0);
        for (var row = 0; row < _count; row++)
        {
            var at = row * _stride;
            var weights = _matrix.AsSpan(at, _stride);
            weights[row] *= 0.5; // off the diagonal each entry stands for two
            weights[(row + 1)..].Clear();
            _covariance.Set(_query, row);
            _slopes.AsSpan(at, _stride).CopyTo(_query.Slope);
            _covariance.AddLengthGradient(_query, weights, row + 1, full, additive);
            weights = weights[..RowProducts.Padded(row + 1)];
            trace += weights[row];
            sumFull += RowProducts.Dot(weights, _full.AsSpan(at));
            sumAdditive += RowProducts.Dot(weights, _additive.AsSpan(at));
            sumQuadratic += RowProducts.Dot(weights, _quadratic.AsSpan(at));
        }

        for (var axis = 0; axis < _axes; axis++)
        {
            gradient[axis] -= full[axis] + additive[axis];
            gradient[HyperParameters.Ratio(_axes)] -= additive[axis];
        }

        gradient[HyperParameters.Full(_axes)] -= sumFull * scales.Full;
        gradient[HyperParameters.Additive(_axes)] -= sumAdditive * scales.Additive;
        gradient[HyperParameters.Quadratic(_axes)] -= sumQuadratic * scales.Quadratic;
        gradient[HyperParameters.Noise(_axes)] -= trace * scales.Noise;
    }
}
