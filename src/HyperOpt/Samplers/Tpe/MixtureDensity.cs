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
        (_constants, var highest) = Constants(active.Length == space.Count);

        // A kernel's own draws lie about half a unit an axis below its peak: e^0 there is far from overflow and underflow both.
        _shift = highest - 0.5 * active.Length;
    }

    /// <summary>The log-density at each candidate.</summary>
    public double[] Evaluate()
    {
        var result = new double[_candidates.Stride];
        for (var from = 0; from < _candidates.Stride; from += Candidates.Lanes * Candidates.Unrolled)
        {
            Add(from, ref result[from]);
        }

        foreach (ref var sum in result.AsSpan())
        {
            sum = Math.Log(sum) + _shift;
        }

        return result;
    }

    // For each kernel its weight times its peak, and the highest of them.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (double[] Constants, double Highest) Constants(bool isWhole)
    {
        var (kernels, members) = (_density.Kernels, _density.Members);
        var constants = new double[members.Length];
        var highest = double.NegativeInfinity;
        for (var i = 0; i < members.Length; i++)
        {
            constants[i] = _density.LogWeights[i] + (isWhole ? kernels.PeakSum[members[i]] : PeakOver(kernels, members[i]));
            highest = Math.Max(highest, constants[i]);
        }

        return (constants, highest);
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

    // One pass: all kernels at eight vectors of candidates.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Add(int from, ref double sums)
    {
        var (kernels, members, constants, smooth) = (_density.Kernels, _density.Members, _constants, _smooth);
        var negligible = Vector256.Create(_density.LogWeights[^1] - Negligible);
        var down = Vector256.Create(_shift);
        var stride = (nint)_candidates.Stride;
        ref var x = ref Unsafe.Add(ref _candidates.First, from);
        for (var i = 0; i < members.Length; i++)
        {
            ref var standard = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(kernels.Standard), (nint)members[i] * kernels.Axes * 2);
            var t0 = Vector256.Create(constants[i]);
            var (t1, t2, t3, t4, t5, t6, t7) = (t0, t0, t0, t0, t0, t0, t0);
            foreach (var table in _tables)
            {
                ref var row = ref table.Row(kernels.Entry[members[i] * kernels.Axes + table.Axis], from);
                t0 += Vector256.LoadUnsafe(ref row, 0);
                t1 += Vector256.LoadUnsafe(ref row, 4);
                t2 += Vector256.LoadUnsafe(ref row, 8);
                t3 += Vector256.LoadUnsafe(ref row, 12);
                t4 += Vector256.LoadUnsafe(ref row, 16);
                t5 += Vector256.LoadUnsafe(ref row, 20);
                t6 += Vector256.LoadUnsafe(ref row, 24);
                t7 += Vector256.LoadUnsafe(ref row, 28);
            }

            var counts = true;
            for (var next = 0; counts && next < smooth.Length;)
            {
                for (var end = Math.Min(next + Stretch, smooth.Length); next < end; next++)
                {
                    nint axis = smooth[next];
                    var a = Vector256.Create(Unsafe.Add(ref standard, 2 * axis));
                    var b = Vector256.Create(Unsafe.Add(ref standard, 2 * axis + 1));
                    ref var column = ref Unsafe.Add(ref x, axis * stride);
                    t0 = LessSquare(t0, Vector256.FusedMultiplyAdd(a, Vector256.LoadUnsafe(ref column, 0), b));
                    t1 = LessSquare(t1, Vector256.FusedMultiplyAdd(a, Vector256.LoadUnsafe(ref column, 4), b));
                    t2 = LessSquare(t2, Vector256.FusedMultiplyAdd(a, Vector256.LoadUnsafe(ref column, 8), b));
                    t3 = LessSquare(t3, Vector256.FusedMultiplyAdd(a, Vector256.LoadUnsafe(ref column, 12), b));
                    t4 = LessSquare(t4, Vector256.FusedMultiplyAdd(a, Vector256.LoadUnsafe(ref column, 16), b));
                    t5 = LessSquare(t5, Vector256.FusedMultiplyAdd(a, Vector256.LoadUnsafe(ref column, 20), b));
                    t6 = LessSquare(t6, Vector256.FusedMultiplyAdd(a, Vector256.LoadUnsafe(ref column, 24), b));
                    t7 = LessSquare(t7, Vector256.FusedMultiplyAdd(a, Vector256.LoadUnsafe(ref column, 28), b));
                }

                var highest = Vector256.MaxNative(
                    Vector256.MaxNative(Vector256.MaxNative(t0, t1), Vector256.MaxNative(t2, t3)), Vector256.MaxNative(Vector256.MaxNative(t4, t5), Vector256.MaxNative(t6, t7)));
                counts = !Vector256.LessThanAll(highest, negligible);
            }

            if (counts)
            {
                AddExp(ref sums, 0, t0 - down);
                AddExp(ref sums, 4, t1 - down);
                AddExp(ref sums, 8, t2 - down);
                AddExp(ref sums, 12, t3 - down);
                AddExp(ref sums, 16, t4 - down);
                AddExp(ref sums, 20, t5 - down);
                AddExp(ref sums, 24, t6 - down);
                AddExp(ref sums, 28, t7 - down);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> LessSquare(Vector256<double> t, Vector256<double> z) => Vector256.FusedMultiplyAdd(-z, z, t);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddExp(ref double sums, nuint offset, Vector256<double> t) =>
        (Vector256.LoadUnsafe(ref sums, offset) + VectorExp.Exp(t)).StoreUnsafe(ref sums, offset);
}
