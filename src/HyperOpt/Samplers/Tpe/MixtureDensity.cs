using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using HyperOpt.Numerics;

namespace HyperOpt.Samplers.Tpe;

/// <summary>
/// The logarithm of a mixture's density at many points that are active on the same axes, up to a constant that all of them share: ln Σ_k w_k Π_j factor_kj(x_j).
/// </summary>
/// <remarks>
/// The last kernel of the last segment is the prior, whose factors are 1 everywhere: kernels that lie a factor e^45 below it at all points of a
/// pass are left out, a relative error below n e^-45. Sums run over kernels in order, lane by lane, so the result does not depend on the width of vectors.
/// </remarks>
internal sealed class MixtureDensity
{
    private const double Negligible = 45;

    private readonly Densities.Segment[] _segments;
    private readonly Candidates _candidates;
    private readonly int[] _smooth;
    private readonly CellTable[][] _tables;
    private readonly double[][] _constants;
    private readonly double[] _squares;
    private readonly double _shift;

    public MixtureDensity(Spaces.SearchSpace space, Densities.Segment[] segments, Candidates candidates, int[] active)
    {
        _segments = segments;
        _candidates = candidates;
        _smooth = [.. active.Where(axis => CellTable.IsSmooth(space[axis]))];
        int[] finite = [.. active.Except(_smooth)];
        _tables = [.. segments.Select(segment => finite.Select(axis => new CellTable(space[axis], axis, segment.Kernels, candidates)).ToArray())];
        var isWhole = active.Length == space.Count;
        _constants = [.. segments.Select(segment => Constants(segment, isWhole))];

        // A kernel's own draws lie about half a unit an axis below its peak: e^0 there is far from overflow and underflow both.
        _shift = segments.Max(segment => HighestPeak(segment, isWhole)) - 0.5 * active.Length;
        _squares = Squares();
    }

    /// <summary>Writes the log-density at each candidate.</summary>
    public void Evaluate(Span<double> result)
    {
        for (var from = 0; from < _candidates.Stride; from += Candidates.Lanes * Candidates.Unrolled)
        {
            var sums = default(Sums);
            for (var segment = 0; segment < _segments.Length; segment++)
            {
                Add(segment, from, ref sums);
            }

            sums.Store(result[from..], _shift);
        }
    }

    private double[] Constants(Densities.Segment segment, bool isWhole)
    {
        var kernels = segment.Kernels;
        var constants = new double[kernels.Count];
        for (var kernel = 0; kernel < constants.Length; kernel++)
        {
            constants[kernel] = segment.LogWeights[kernel] + (isWhole ? kernels.Constant[kernel] : -SumOver(kernels.Offset, kernel * kernels.Axes));
        }

        return constants;
    }

    private double HighestPeak(Densities.Segment segment, bool isWhole)
    {
        var kernels = segment.Kernels;
        var highest = double.NegativeInfinity;
        for (var kernel = 0; kernel < kernels.Count; kernel++)
        {
            var peak = isWhole ? kernels.PeakSum[kernel] : SumOver(kernels.Peak, kernel * kernels.Axes);
            highest = Math.Max(highest, segment.LogWeights[kernel] + peak);
        }

        return highest;
    }

    private double SumOver(double[] terms, int from)
    {
        var sum = 0.0;
        foreach (var axis in _smooth)
        {
            sum += terms[from + axis];
        }

        return sum;
    }

    private double[] Squares()
    {
        var squares = new double[_smooth.Length * _candidates.Stride];
        for (var i = 0; i < _smooth.Length; i++)
        {
            var column = _candidates.Column(_smooth[i]);
            for (var candidate = 0; candidate < column.Length; candidate++)
            {
                squares[i * _candidates.Stride + candidate] = column[candidate] * column[candidate];
            }
        }

        return squares;
    }

    // One pass: all kernels of a segment at four vectors of candidates.
    private void Add(int segment, int from, ref Sums sums)
    {
        var kernels = _segments[segment].Kernels;
        var negligible = Vector512.Create(_segments[^1].LogWeights[^1] - Negligible);
        var down = Vector512.Create(_shift);
        ref var constants = ref _constants[segment][0];
        ref var quadratic = ref kernels.Quadratic[0];
        for (var kernel = 0; kernel < kernels.Count; kernel++)
        {
            var constant = Unsafe.Add(ref constants, kernel);
            if (double.IsNegativeInfinity(constant))
            {
                continue;
            }

            var t0 = Vector512.Create(constant);
            var (t1, t2, t3) = (t0, t0, t0);
            AddSmooth(ref Unsafe.Add(ref quadratic, kernel * kernels.Axes * 2), from, ref t0, ref t1, ref t2, ref t3);
            foreach (var table in _tables[segment])
            {
                ref var row = ref table.Row(kernels.Entry[kernel * kernels.Axes + table.Axis], from);
                t0 += Vector512.LoadUnsafe(ref row, 0);
                t1 += Vector512.LoadUnsafe(ref row, 8);
                t2 += Vector512.LoadUnsafe(ref row, 16);
                t3 += Vector512.LoadUnsafe(ref row, 24);
            }

            if (!Vector512.LessThanAll(Vector512.Max(Vector512.Max(t0, t1), Vector512.Max(t2, t3)), negligible))
            {
                sums.Add(VectorExp.Exp(t0 - down), VectorExp.Exp(t1 - down), VectorExp.Exp(t2 - down), VectorExp.Exp(t3 - down));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddSmooth(
        ref double quadratic, int from, ref Vector512<double> t0, ref Vector512<double> t1, ref Vector512<double> t2, ref Vector512<double> t3)
    {
        var smooth = _smooth;
        ref var x = ref _candidates.First;
        ref var square = ref Unsafe.Add(ref System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(_squares), from);
        for (var i = 0; i < smooth.Length; i++)
        {
            var u = Vector512.Create(Unsafe.Add(ref quadratic, 2 * smooth[i]));
            var v = Vector512.Create(Unsafe.Add(ref quadratic, 2 * smooth[i] + 1));
            ref var column = ref Unsafe.Add(ref x, smooth[i] * _candidates.Stride + from);
            t0 = Vector512.FusedMultiplyAdd(v, Vector512.LoadUnsafe(ref column, 0), Vector512.FusedMultiplyAdd(u, Vector512.LoadUnsafe(ref square, 0), t0));
            t1 = Vector512.FusedMultiplyAdd(v, Vector512.LoadUnsafe(ref column, 8), Vector512.FusedMultiplyAdd(u, Vector512.LoadUnsafe(ref square, 8), t1));
            t2 = Vector512.FusedMultiplyAdd(v, Vector512.LoadUnsafe(ref column, 16), Vector512.FusedMultiplyAdd(u, Vector512.LoadUnsafe(ref square, 16), t2));
            t3 = Vector512.FusedMultiplyAdd(v, Vector512.LoadUnsafe(ref column, 24), Vector512.FusedMultiplyAdd(u, Vector512.LoadUnsafe(ref square, 24), t3));
            square = ref Unsafe.Add(ref square, _candidates.Stride);
        }
    }

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
