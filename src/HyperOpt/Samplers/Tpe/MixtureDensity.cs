using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using HyperOpt.Numerics;

namespace HyperOpt.Samplers.Tpe;

/// <summary>
/// The logarithm of a mixture's density at many points that are active on the same axes, up to a constant that all of them share: ln Σ_k w_k Π_j factor_kj(x_j).
/// </summary>
/// <remarks>
/// The last kernel is the prior, whose factors are 1 everywhere: kernels that lie a factor e^45 below it at all points of a
/// pass are left out, a relative error below n e^-45, most of them before all axes are looked at, as each smooth one but lowers a kernel from its peak.
/// Sums run over kernels in order, lane by lane, so the result does not depend on the width of vectors.
/// </remarks>
internal sealed class MixtureDensity
{
    private const double Negligible = 45;
    private const int Stretch = 4; // axes between two looks at whether a kernel still counts

    private readonly Densities.Mixture _density;
    private readonly Candidates _candidates;
    private readonly int[] _smooth;
    private readonly CellTable[] _tables;
    private readonly double[] _constants;
    private readonly double _shift;

    public MixtureDensity(Spaces.SearchSpace space, Densities.Mixture density, Candidates candidates, int[] active)
    {
        _density = density;
        _candidates = candidates;
        _smooth = [.. active.Where(axis => CellTable.IsSmooth(space[axis]))];
        _tables = [.. active.Except(_smooth).Select(axis => new CellTable(space[axis], axis, density, candidates))];
        _constants = Constants(active.Length == space.Count);

        // A kernel's own draws lie about half a unit an axis below its peak: e^0 there is far from overflow and underflow both.
        _shift = _constants.Max() - 0.5 * active.Length;
    }

    /// <summary>Writes the log-density at each candidate.</summary>
    public void Evaluate(Span<double> result)
    {
        for (var from = 0; from < _candidates.Stride; from += Candidates.Lanes * Candidates.Unrolled)
        {
            var sums = default(Sums);
            Add(from, ref sums);
            sums.Store(result[from..], _shift);
        }
    }

    // For each kernel its weight times its peak.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double[] Constants(bool isWhole)
    {
        var (kernels, members) = (_density.Kernels, _density.Members);
        var constants = new double[members.Length];
        for (var i = 0; i < members.Length; i++)
        {
            constants[i] = _density.LogWeights[i] + (isWhole ? kernels.PeakSum[members[i]] : PeakOver(kernels, members[i]));
        }

        return constants;
    }

    private double PeakOver(Kernels kernels, int kernel)
    {
        var sum = 0.0;
        foreach (var axis in _smooth)
        {
            sum += kernels.Peak[kernel * kernels.Axes + axis];
        }

        return sum;
    }

    // One pass: all kernels at four vectors of candidates.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Add(int from, ref Sums sums)
    {
        var (kernels, members, constants, smooth) = (_density.Kernels, _density.Members, _constants, _smooth);
        var negligible = Vector512.Create(_density.LogWeights[^1] - Negligible);
        var down = Vector512.Create(_shift);
        var stride = (nint)_candidates.Stride;
        ref var x = ref Unsafe.Add(ref _candidates.First, from);
        for (var i = 0; i < members.Length; i++)
        {
            ref var standard = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(kernels.Standard), (nint)members[i] * kernels.Axes * 2);
            var t0 = Vector512.Create(constants[i]);
            var (t1, t2, t3) = (t0, t0, t0);
            foreach (var table in _tables)
            {
                ref var row = ref table.Row(kernels.Entry[members[i] * kernels.Axes + table.Axis], from);
                t0 += Vector512.LoadUnsafe(ref row, 0);
                t1 += Vector512.LoadUnsafe(ref row, 8);
                t2 += Vector512.LoadUnsafe(ref row, 16);
                t3 += Vector512.LoadUnsafe(ref row, 24);
            }

            var counts = true;
            for (var next = 0; counts && next < smooth.Length;)
            {
                for (var end = Math.Min(next + Stretch, smooth.Length); next < end; next++)
                {
                    nint axis = smooth[next];
                    var a = Vector512.Create(Unsafe.Add(ref standard, 2 * axis));
                    var b = Vector512.Create(Unsafe.Add(ref standard, 2 * axis + 1));
                    ref var column = ref Unsafe.Add(ref x, axis * stride);
                    t0 = LessSquare(t0, Vector512.FusedMultiplyAdd(a, Vector512.LoadUnsafe(ref column, 0), b));
                    t1 = LessSquare(t1, Vector512.FusedMultiplyAdd(a, Vector512.LoadUnsafe(ref column, 8), b));
                    t2 = LessSquare(t2, Vector512.FusedMultiplyAdd(a, Vector512.LoadUnsafe(ref column, 16), b));
                    t3 = LessSquare(t3, Vector512.FusedMultiplyAdd(a, Vector512.LoadUnsafe(ref column, 24), b));
                }

                counts = !Vector512.LessThanAll(Vector512.Max(Vector512.Max(t0, t1), Vector512.Max(t2, t3)), negligible);
            }

            if (counts)
            {
                sums.Add(VectorExp.Exp(t0 - down), VectorExp.Exp(t1 - down), VectorExp.Exp(t2 - down), VectorExp.Exp(t3 - down));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> LessSquare(Vector512<double> t, Vector512<double> z) => Vector512.FusedMultiplyAdd(-z, z, t);

    private struct Sums
    {
        private Vector512<double> _s0;
        private Vector512<double> _s1;
        private Vector512<double> _s2;
        private Vector512<double> _s3;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(Vector512<double> e0, Vector512<double> e1, Vector512<double> e2, Vector512<double> e3)
        {
            _s0 += e0;
            _s1 += e1;
            _s2 += e2;
            _s3 += e3;
        }

        public readonly void Store(Span<double> result, double shift)
        {
            ReadOnlySpan<Vector512<double>> sums = [_s0, _s1, _s2, _s3];
            for (var i = 0; i < Candidates.Lanes * Candidates.Unrolled; i++)
            {
                result[i] = Math.Log(sums[i / Candidates.Lanes][i % Candidates.Lanes]) + shift;
            }
        }
    }
}
