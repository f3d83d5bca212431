using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace HyperOpt.Numerics;

/// <summary>
/// The eigenvalues and eigenvectors of a symmetric matrix: Householder's reduction to three diagonals, then implicit QL steps with Wilkinson's shift
/// (Golub and Van Loan, Matrix Computations, sections 8.3.1 and 8.3.3).
/// </summary>
/// <remarks>Rows are padded with zeros to multiples of <see cref="RowProducts.Lanes"/>. Eigenvectors are rows, so that a rotation runs along memory.</remarks>
internal sealed class SymmetricEigen
{
    /// <summary>QL needs less than two steps for an eigenvalue on average; so many for one mean that the matrix holds NaN.</summary>
    private const int MaxSteps = 60;

    private readonly int _count;
    private readonly int _stride;
    private readonly double[] _diagonal;
    private readonly double[] _beside; // the element to the right of the diagonal's
    private readonly double[] _vectors;

    private SymmetricEigen(int count, int stride)
    {
        _count = count;
        _stride = stride;
        _diagonal = new double[count];
        _beside = new double[count];
        _vectors = new double[count * stride];
    }

    /// <summary>The eigenvalues, in no order.</summary>
    public ReadOnlySpan<double> Values => _diagonal;

    /// <summary>The eigenvectors, of length 1: row k belongs to value k.</summary>
    public RowBlock Vectors => new(_vectors, 0, _stride);

    /// <summary>Decomposes a matrix; null if it holds what is not finite.</summary>
    /// <param name="matrix">By rows, all of it, padded; left as it is.</param>
    /// <param name="count">How many rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static SymmetricEigen? Of(ReadOnlySpan<double> matrix, int count)
    {
        var stride = RowProducts.Padded(count);
        var largest = 0.0;
        foreach (var element in matrix)
        {
            largest = Math.Max(largest, Math.Abs(element)); // NaN stays
        }

        if (!double.IsFinite(largest))
        {
            return null;
        }

        var eigen = new SymmetricEigen(count, stride);
        var scale = largest > 0 ? largest : 1;
        var work = new double[matrix.Length];
        for (var i = 0; i < work.Length; i++)
        {
            work[i] = matrix[i] / scale;
        }

        eigen.Reduce(work);
        if (!eigen.Diagonalize())
        {
            return null;
        }

        for (var i = 0; i < count; i++)
        {
            eigen._diagonal[i] *= scale;
        }

        return eigen;
    }

    /// <summary>y += a x, for whole vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(Span<double> y, double a, ReadOnlySpan<double> x)
    {
        var factor = Vector512.Create(a);
        for (var k = 0; k < y.Length; k += RowProducts.Lanes)
        {
            Vector512.FusedMultiplyAdd(factor, Vector512.Create(x[k..]), Vector512.Create<double>(y[k..])).CopyTo(y[k..]);
        }
    }

    // Reflections 1 - beta v vᵀ from the left and right, of which v begins right of the diagonal; then their product, by rows.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Reduce(double[] work)
    {
        var reflectors = new double[_count * _stride];
        var betas = new double[_count];
        var product = new double[_stride];
        for (var k = 0; k < _count - 1; k++)
        {
            _diagonal[k] = work[k * _stride + k];
            var v = reflectors.AsSpan(k * _stride, _stride);
            work.AsSpan(k * _stride + k + 1, _count - k - 1).CopyTo(v[(k + 1)..]);
            var from = (k + 1) & -RowProducts.Lanes;
            var norm = Math.Sqrt(RowProducts.Dot(v[from..], v[from..]));
            if (norm == 0 || k == _count - 2)
            {
                _beside[k] = v[k + 1];
                v.Clear();
                continue;
            }

            _beside[k] = v[k + 1] > 0 ? -norm : norm;
            betas[k] = 1 / (norm * (norm + Math.Abs(v[k + 1])));
            v[k + 1] -= _beside[k];
            Reflect(work, v, betas[k], k + 1, from, product);
        }

        _diagonal[_count - 1] = work[(_count - 1) * _stride + _count - 1];
        Accumulate(reflectors, betas);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Reflect(double[] work, ReadOnlySpan<double> v, double beta, int first, int from, double[] product)
    {
        product.AsSpan(from).Clear();
        for (var row = first; row < _count; row++)
        {
            product[row] = beta * RowProducts.Dot(work.AsSpan(row * _stride + from, _stride - from), v[from..]);
        }

        Add(product.AsSpan(from), -0.5 * beta * RowProducts.Dot(product.AsSpan(from), v[from..]), v[from..]);
        for (var row = first; row < _count; row++)
        {
            var target = work.AsSpan(row * _stride + from, _stride - from);
            Add(target, -v[row], product.AsSpan(from));
            Add(target, -product[row], v[from..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Accumulate(double[] reflectors, double[] betas)
    {
        for (var row = 0; row < _count; row++)
        {
            _vectors[row * _stride + row] = 1;
        }

        for (var k = _count - 3; k >= 0; k--)
        {
            var from = (k + 1) & -RowProducts.Lanes;
            var v = reflectors.AsSpan(k * _stride + from, _stride - from);
            for (var row = k + 1; row < _count; row++)
            {
                var target = _vectors.AsSpan(row * _stride + from, _stride - from);
                Add(target, -betas[k] * RowProducts.Dot(target, v), v);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Diagonalize()
    {
        for (var low = 0; low < _count; low++)
        {
            for (var step = 0; ; step++)
            {
                var high = low;
                while (high < _count - 1 && !IsNegligible(high))
                {
                    high++;
                }

                if (high == low)
                {
                    break;
                }

                if (step == MaxSteps)
                {
                    return false;
                }

                Chase(low, high);
            }
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsNegligible(int at)
    {
        var size = Math.Abs(_diagonal[at]) + Math.Abs(_diagonal[at + 1]);
        return size + Math.Abs(_beside[at]) == size;
    }

    // One implicit QL step on the block from low to high.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Chase(int low, int high)
    {
        var half = (_diagonal[low + 1] - _diagonal[low]) / (2 * _beside[low]);
        var root = Math.Sqrt(half * half + 1);
        var g = _diagonal[high] - _diagonal[low] + _beside[low] / (half + (half >= 0 ? root : -root));
        var (sine, cosine, shift) = (1.0, 1.0, 0.0);
        for (var i = high - 1; i >= low; i--)
        {
            var f = sine * _beside[i];
            var b = cosine * _beside[i];
            var length = Math.Sqrt(f * f + g * g);
            _beside[i + 1] = length;
            if (length == 0)
            {
                _diagonal[i + 1] -= shift;
                _beside[high] = 0;
                return;
            }

            (sine, cosine) = (f / length, g / length);
            g = _diagonal[i + 1] - shift;
            var sum = (_diagonal[i] - g) * sine + 2 * cosine * b;
            shift = sine * sum;
            _diagonal[i + 1] = g + shift;
            g = cosine * sum - b;
            Rotate(i, sine, cosine);
        }

        _diagonal[low] -= shift;
        _beside[low] = g;
        _beside[high] = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Rotate(int row, double sine, double cosine)
    {
        var upper = _vectors.AsSpan(row * _stride, _stride);
        var lower = _vectors.AsSpan((row + 1) * _stride, _stride);
        var (s, c) = (Vector512.Create(sine), Vector512.Create(cosine));
        for (var k = 0; k < upper.Length; k += RowProducts.Lanes)
        {
            var (one, other) = (Vector512.Create<double>(upper[k..]), Vector512.Create<double>(lower[k..]));
            (s * one + c * other).CopyTo(lower[k..]);
            (c * one - s * other).CopyTo(upper[k..]);
        }
    }
}
