using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using HyperOpt.Numerics;
using HyperOpt.Spaces;

namespace HyperOpt.Samplers.Tpe;

/// <summary>
/// The logarithm of a mixture's density at many points that are active on the same axes, up to a constant that all of them share.
/// </summary>
/// <remarks>
/// With u_kj = 1 / (2 σ_kj²) and v_kj = μ_kj / σ_kj², kernel k has at x the logarithm
/// t_k(x) = ln w_k - Σ_j [ln norm_kj + μ_kj² / (2 σ_kj²)] + Σ_j x_j (v_kj - u_kj x_j) over continuous axes, plus the logarithms of cell masses over finite ones.
/// The density is Σ_k exp(t_k). The prior's t is ln w_prior everywhere, so kernels whose t is 45 below it at all points of a pass are left out:
/// a relative error below n e^-45. Sums run over kernels in order, lane by lane, so the result does not depend on the width of vectors.
/// </remarks>
internal sealed class MixtureDensity
{
    private const double Negligible = 45;

    private readonly KernelSet _kernels;
    private readonly int[] _smooth;
    private readonly CellTable[] _tables;
    private readonly double[] _constants;
    private readonly double[] _quadratic; // [kernel × smooth axis × {u, v}]

    public MixtureDensity(SearchSpace space, KernelSet kernels, Candidates candidates, ReadOnlySpan<int> active)
    {
        _kernels = kernels;
        var smooth = new List<int>();
        var tables = new List<CellTable>();
        foreach (var axis in active)
        {
            if (CellTable.IsSmooth(space[axis]))
            {
                smooth.Add(axis);
            }
            else
            {
                tables.Add(CellTable.Create(space[axis], axis, kernels, candidates));
            }
        }

        _smooth = [.. smooth];
        _tables = [.. tables];
        _constants = new double[kernels.Count];
        _quadratic = new double[kernels.Count * _smooth.Length * 2];
        Prepare();
    }

    /// <summary>Writes the log-density at each candidate.</summary>
    public void Evaluate(Candidates candidates, Span<double> result)
    {
        var squares = new double[_smooth.Length * candidates.Stride];
        for (var i = 0; i < _smooth.Length; i++)
        {
            var column = candidates.Column(_smooth[i]);
            for (var candidate = 0; candidate < column.Length; candidate++)
            {
                squares[i * candidates.Stride + candidate] = column[candidate] * column[candidate];
            }
        }

        // A typical kernel's own points lie half a unit an axis below its peak.
        var shift = PeakLogs().Max() - 0.5 * (_smooth.Length + _tables.Length);
        for (var from = 0; from < candidates.Stride; from += Candidates.Lanes * Candidates.Unrolled)
        {
            Pass(candidates, squares, from, shift, result);
        }
    }

    private void Prepare()
    {
        for (var kernel = 0; kernel < _kernels.Count; kernel++)
        {
            var (sum, product) = (Math.Log(_kernels.Weights[kernel]), 1.0);
            for (var i = 0; i < _smooth.Length; i++)
            {
                var mu = _kernels.Mu[_smooth[i]][kernel];
                if (double.IsNaN(mu))
                {
                    continue;
                }

                var sigma = _kernels.Sigma[_smooth[i]][kernel];
                var precision = 1 / (sigma * sigma);
                var at = (kernel * _smooth.Length + i) * 2;
                _quadratic[at] = -0.5 * precision;
                _quadratic[at + 1] = mu * precision;
                sum -= 0.5 * mu * mu * precision;
                product *= _kernels.Norm[_smooth[i]][kernel] * SqrtTwoPi;
                if (product < 1e-200)
                {
                    (sum, product) = (sum - Math.Log(product), 1);
                }
            }

            _constants[kernel] = sum - Math.Log(product);
        }
    }

    private const double SqrtTwoPi = 2.50662827463100050242;

    // The highest value that each kernel's t can take on the smooth axes.
    private double[] PeakLogs()
    {
        var peaks = new double[_kernels.Count];
        for (var kernel = 0; kernel < peaks.Length; kernel++)
        {
            var peak = _constants[kernel];
            for (var i = 0; i < _smooth.Length; i++)
            {
                var at = (kernel * _smooth.Length + i) * 2;
                peak += _quadratic[at] == 0 ? 0 : -0.25 * _quadratic[at + 1] * _quadratic[at + 1] / _quadratic[at];
            }

            peaks[kernel] = peak;
        }

        return peaks;
    }

    // One pass: all kernels at four vectors of candidates.
    private void Pass(Candidates candidates, double[] squares, int from, double shift, Span<double> result)
    {
        var (s0, s1, s2, s3) = (Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero);
        var negligible = Vector512.Create(Math.Log(_kernels.Weights[^1]) - Negligible);
        ref var x = ref MemoryMarshal.GetReference(candidates.Column(0));
        for (var kernel = 0; kernel < _kernels.Count; kernel++)
        {
            var t0 = Vector512.Create(_constants[kernel]);
            var (t1, t2, t3) = (t0, t0, t0);
            for (var i = 0; i < _smooth.Length; i++)
            {
                var at = (kernel * _smooth.Length + i) * 2;
                var (u, v) = (Vector512.Create(_quadratic[at]), Vector512.Create(_quadratic[at + 1]));
                ref var column = ref System.Runtime.CompilerServices.Unsafe.Add(ref x, _smooth[i] * candidates.Stride + from);
                ref var square = ref squares[i * candidates.Stride + from];
                t0 = Vector512.FusedMultiplyAdd(v, Vector512.LoadUnsafe(ref column, 0), Vector512.FusedMultiplyAdd(u, Vector512.LoadUnsafe(ref square, 0), t0));
                t1 = Vector512.FusedMultiplyAdd(v, Vector512.LoadUnsafe(ref column, 8), Vector512.FusedMultiplyAdd(u, Vector512.LoadUnsafe(ref square, 8), t1));
                t2 = Vector512.FusedMultiplyAdd(v, Vector512.LoadUnsafe(ref column, 16), Vector512.FusedMultiplyAdd(u, Vector512.LoadUnsafe(ref square, 16), t2));
                t3 = Vector512.FusedMultiplyAdd(v, Vector512.LoadUnsafe(ref column, 24), Vector512.FusedMultiplyAdd(u, Vector512.LoadUnsafe(ref square, 24), t3));
            }

            foreach (var table in _tables)
            {
                ref var row = ref table.Row(kernel, from);
                t0 += Vector512.LoadUnsafe(ref row, 0);
                t1 += Vector512.LoadUnsafe(ref row, 8);
                t2 += Vector512.LoadUnsafe(ref row, 16);
                t3 += Vector512.LoadUnsafe(ref row, 24);
            }

            if (Vector512.LessThanAll(Vector512.Max(Vector512.Max(t0, t1), Vector512.Max(t2, t3)), negligible))
            {
                continue;
            }

            var down = Vector512.Create(shift);
            s0 += VectorExp.Exp(t0 - down);
            s1 += VectorExp.Exp(t1 - down);
            s2 += VectorExp.Exp(t2 - down);
            s3 += VectorExp.Exp(t3 - down);
        }

        Store(result[from..], shift, s0, s1, s2, s3);
    }

    private static void Store(Span<double> result, double shift, params ReadOnlySpan<Vector512<double>> sums)
    {
        for (var i = 0; i < sums.Length * Candidates.Lanes; i++)
        {
            result[i] = Math.Log(sums[i / Candidates.Lanes][i % Candidates.Lanes]) + shift;
        }
    }
}
