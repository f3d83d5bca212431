using System.Runtime.CompilerServices;
using HyperOpt.Numerics;

namespace HyperOpt.Samplers.CmaEs;

/// <summary>All of the covariance matrix, with eigenvectors that may be those of some updates ago.</summary>
internal sealed class FullShape : Shape
{
    private readonly double[] _matrix;
    private readonly int _count;
    private readonly int _stride;
    private readonly RowBlock _vectors;
    private readonly double[] _deviations; // the roots of the eigenvalues
    private readonly int _age;
    private readonly double _ratio; // of the largest to the least
    private readonly Lazy<double[]> _precision;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private FullShape(double[] matrix, int count, RowBlock vectors, double[] deviations, int age)
    {
        (_matrix, _count, _stride, _vectors, _deviations, _age) = (matrix, count, RowProducts.Padded(count), vectors, deviations, age);
        _precision = new Lazy<double[]>(() => Power(-2));
        var (least, most) = (double.PositiveInfinity, 0.0);
        foreach (var deviation in deviations)
        {
            (least, most) = (Math.Min(least, deviation), Math.Max(most, deviation));
        }

        _ratio = most / least;
    }

    public override double LogDeterminant => 2 * _deviations.Sum(Math.Log);

    public override double Condition => _ratio * _ratio;

    /// <summary>The shape of a covariance matrix; null if it is none.</summary>
    /// <param name="matrix">By rows, padded; it belongs to the shape from now on.</param>
    /// <param name="count">How many rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static FullShape? Of(double[] matrix, int count)
    {
        if (SymmetricEigen.Of(matrix, count) is not { } eigen)
        {
            return null;
        }

        var deviations = new double[count];
        for (var k = 0; k < count; k++)
        {
            if (!(eigen.Values[k] > 0))
            {
                return null;
            }

            deviations[k] = Math.Sqrt(eigen.Values[k]);
        }

        return new FullShape(matrix, count, eigen.Vectors, deviations, 0);
    }

    public static FullShape Diagonal(ReadOnlySpan<double> variances, int count)
    {
        var stride = RowProducts.Padded(count);
        var matrix = new double[count * stride];
        for (var j = 0; j < count; j++)
        {
            matrix[j * stride + j] = variances[j];
        }

        return Of(matrix, count)!;
    }

    public override double Variance(int dimension) => _matrix[dimension * _stride + dimension];

    // Σ_k D_k b_k (b_k · z): the symmetric root, so that a rotation of the space rotates what is drawn.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override double[] Colour(ReadOnlySpan<double> z)
    {
        var y = new double[_stride];
        for (var k = 0; k < _count; k++)
        {
            var vector = _vectors.Row(k, _stride);
            SymmetricEigen.Add(y, _deviations[k] * RowProducts.Dot(vector, z), vector);
        }

        return y;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void WhitenRows(Span<double> rows)
    {
        Span<double> scales = stackalloc double[_count];
        for (var k = 0; k < _count; k++)
        {
            scales[k] = 1 / _deviations[k];
        }

        Span<double> y = stackalloc double[_stride];
        for (; !rows.IsEmpty; rows = rows[_stride..])
        {
            var z = rows[.._stride];
            z.CopyTo(y);
            z.Clear();
            for (var k = 0; k < _count; k++)
            {
                var vector = _vectors.Row(k, _stride);
                SymmetricEigen.Add(z, scales[k] * RowProducts.Dot(vector, y), vector);
            }
        }
    }

    public override (double Mean, double Variance) Given(int dimension, ReadOnlySpan<double> y)
    {
        var row = _precision.Value.AsSpan(dimension * _stride, _stride);
        var variance = 1 / row[dimension];
        return (y[dimension] - variance * RowProducts.Dot(row, y), variance);
    }

    public override double[] PrincipalStep(int index)
    {
        var step = new double[_stride];
        SymmetricEigen.Add(step, _deviations[index], _vectors.Row(index, _stride));
        return step;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override Shape? Adapt(double keep, ReadOnlySpan<double> path, ReadOnlySpan<double> weights, double[][] steps, int gap)
    {
        var matrix = new double[_matrix.Length];
        for (var row = 0; row < _count; row++)
        {
            var target = matrix.AsSpan(row * _stride, _stride);
            SymmetricEigen.Add(target, keep, _matrix.AsSpan(row * _stride, _stride));
            SymmetricEigen.Add(target, path[row], path);
            for (var i = 0; i < steps.Length; i++)
            {
                SymmetricEigen.Add(target, weights[i] * steps[i][row], steps[i]);
            }
        }

        return _age + 1 < gap ? new FullShape(matrix, _count, _vectors, _deviations, _age + 1) : Of(matrix, _count);
    }

    public override double[] ChangeTo(Shape next, double ratio)
    {
        var root = Power(-1);
        var left = new double[_matrix.Length];
        var change = new double[_count * _stride];
        for (var row = 0; row < _count; row++)
        {
            for (var column = 0; column < _count; column++)
            {
                left[row * _stride + column] = RowProducts.Dot(root.AsSpan(row * _stride, _stride), ((FullShape)next)._matrix.AsSpan(column * _stride, _stride));
            }
        }

        for (var row = 0; row < _count; row++)
        {
            for (var column = 0; column < _count; column++)
            {
                var dot = RowProducts.Dot(left.AsSpan(row * _stride, _stride), root.AsSpan(column * _stride, _stride));
                change[row * _stride + column] = ratio * dot - (row == column ? 1 : 0);
            }
        }

        return change;
    }

    public override (Shape Shape, double Scale)? Towards(Shape next, double ratio, double rate)
    {
        var matrix = new double[_matrix.Length];
        SymmetricEigen.Add(matrix, 1 - rate, _matrix);
        SymmetricEigen.Add(matrix, rate * ratio, ((FullShape)next)._matrix);
        if (Of(matrix, _count) is not { } blended)
        {
            return null;
        }

        var scale = Math.Exp(blended.LogDeterminant / _count);
        var scaled = new double[matrix.Length];
        SymmetricEigen.Add(scaled, 1 / scale, matrix);
        var root = Math.Sqrt(scale);
        return (new FullShape(scaled, _count, blended._vectors, [.. blended._deviations.Select(deviation => deviation / root)], 0), scale);
    }

    // C to a power of ±½, ±1.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double[] Power(int halves)
    {
        var power = new double[_count * _stride];
        for (var k = 0; k < _count; k++)
        {
            var vector = _vectors.Row(k, _stride);
            var scale = Math.Pow(_deviations[k], halves);
            for (var row = 0; row < _count; row++)
            {
                SymmetricEigen.Add(power.AsSpan(row * _stride, _stride), scale * vector[row], vector);
            }
        }

        return power;
    }
}
