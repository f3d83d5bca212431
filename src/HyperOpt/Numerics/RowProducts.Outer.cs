using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace HyperOpt.Numerics;

/// <content>Sums of outer products, which run along rows.</content>
internal static partial class RowProducts
{
    /// <summary>C_ij = Σ_r A_ri B_rj for j &lt;= i, with fused multiply-add in the order of r. What lies above the diagonal is undefined.</summary>
    /// <param name="c">Rows of a multiple of sixteen, as many as that holds.</param>
    /// <param name="a">Rows of the same length, zero from the count on.</param>
    /// <param name="b">As long.</param>
    /// <param name="count">How many rows of C.</param>
    /// <param name="depth">How many rows of A and B.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OuterProducts(RowBlock c, RowBlock a, RowBlock b, int count, int depth)
    {
        for (var row = 0; row < count; row += 4)
        {
            for (var column = 0; column < row + 4; column += 2 * Lanes)
            {
                Patch(ref c.Data[c.Offset + row * c.Stride + column], c.Stride, ref a.Data[a.Offset + row], a.Stride, ref b.Data[b.Offset + column], b.Stride, depth);
            }
        }
    }

    /// <summary>y_k = a x_k.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scale(double a, ReadOnlySpan<double> x, Span<double> y)
    {
        var factor = Vector512.Create(a);
        for (var k = 0; k < y.Length; k += Lanes)
        {
            (factor * Vector512.Create(x[k..])).CopyTo(y[k..]);
        }
    }

    // Four rows and sixteen columns of C.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Patch(ref double c, nint cStride, ref double a, nint aStride, ref double b, nint bStride, int depth)
    {
        var (s00, s10, s20, s30) = (Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero);
        var (s01, s11, s21, s31) = (s00, s10, s20, s30);
        for (var r = 0; r < depth; r++)
        {
            var (b0, b1) = (Load(ref b, 0), Load(ref b, Lanes));
            var (a0, a1) = (Vector512.Create(a), Vector512.Create(Unsafe.Add(ref a, 1)));
            s00 = Vector512.FusedMultiplyAdd(a0, b0, s00);
            s01 = Vector512.FusedMultiplyAdd(a0, b1, s01);
            s10 = Vector512.FusedMultiplyAdd(a1, b0, s10);
            s11 = Vector512.FusedMultiplyAdd(a1, b1, s11);
            var (a2, a3) = (Vector512.Create(Unsafe.Add(ref a, 2)), Vector512.Create(Unsafe.Add(ref a, 3)));
            s20 = Vector512.FusedMultiplyAdd(a2, b0, s20);
            s21 = Vector512.FusedMultiplyAdd(a2, b1, s21);
            s30 = Vector512.FusedMultiplyAdd(a3, b0, s30);
            s31 = Vector512.FusedMultiplyAdd(a3, b1, s31);
            a = ref Unsafe.Add(ref a, aStride);
            b = ref Unsafe.Add(ref b, bStride);
        }

        Store(s00, s01, ref c);
        Store(s10, s11, ref Unsafe.Add(ref c, cStride));
        Store(s20, s21, ref Unsafe.Add(ref c, 2 * cStride));
        Store(s30, s31, ref Unsafe.Add(ref c, 3 * cStride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector512<double> low, Vector512<double> high, ref double to)
    {
        low.StoreUnsafe(ref to);
        high.StoreUnsafe(ref to, Lanes);
    }
}
