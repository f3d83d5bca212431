using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace HyperOpt.Numerics;

/// <summary>
/// Products of rows, eight doubles at a time. Lengths are multiples of eight (rows are padded with zeros). Sums are made lane by lane with fused
/// multiply-add and put together in one order, so the last bit is the same on every machine.
/// </summary>
internal static partial class RowProducts
{
    /// <summary>Doubles in a vector.</summary>
    public const int Lanes = 8;

    /// <summary>The least multiple of <see cref="Lanes"/> that holds a count.</summary>
    public static int Padded(int count) => (count + Lanes - 1) & -Lanes;

    /// <summary>The sum of a vector's lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum(Vector512<double> lanes)
    {
        var four = lanes.GetLower() + lanes.GetUpper();
        var two = four.GetLower() + four.GetUpper();
        return two[0] + two[1];
    }

    /// <summary>Σ a_k b_k.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = Vector512<double>.Zero;
        for (var k = 0; k < a.Length; k += Lanes)
        {
            sum = Vector512.FusedMultiplyAdd(Vector512.Create(a[k..]), Vector512.Create(b[k..]), sum);
        }

        return Sum(sum);
    }

    /// <summary>c_k = a_k b_k.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> c)
    {
        for (var k = 0; k < a.Length; k += Lanes)
        {
            (Vector512.Create(a[k..]) * Vector512.Create(b[k..])).CopyTo(c[k..]);
        }
    }

    /// <summary>C_ij -= Σ_k A_ik B_jk, for k below a depth.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SubtractProduct(RowBlock c, RowBlock a, int rows, RowBlock b, int columns, int depth)
    {
        if (depth == 0 || rows == 0 || columns == 0)
        {
            return;
        }

        ref var c0 = ref c.Data[c.Offset];
        ref var a0 = ref a.Data[a.Offset];
        ref var b0 = ref b.Data[b.Offset];
        var row = 0;
        for (; row + 4 <= rows; row += 4)
        {
            for (var column = 0; column < columns; column += 2)
            {
                Tile(ref At(ref c0, c.Stride, row, column), c.Stride, ref At(ref a0, a.Stride, row, 0), a.Stride,
                    ref At(ref b0, b.Stride, column, 0), b.Stride, column + 1 < columns, depth);
            }
        }

        for (; row < rows; row++)
        {
            for (var column = 0; column < columns; column += 4)
            {
                Strip(ref At(ref c0, c.Stride, row, column), ref At(ref a0, a.Stride, row, 0), ref At(ref b0, b.Stride, column, 0), b.Stride,
                    Math.Min(4, columns - column), depth);
            }
        }
    }

    /// <summary>y_k -= Σ_j x_j R_jk, for the rows j of a block and k below a length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SubtractRows(Span<double> y, ReadOnlySpan<double> x, RowBlock rows, int length)
    {
        ref var y0 = ref MemoryMarshal.GetReference(y);
        ref var r0 = ref rows.Data[rows.Offset];
        var row = 0;
        for (; row + 4 <= x.Length; row += 4)
        {
            var (x0, x1, x2, x3) = (Vector512.Create(-x[row]), Vector512.Create(-x[row + 1]), Vector512.Create(-x[row + 2]), Vector512.Create(-x[row + 3]));
            ref var r = ref At(ref r0, rows.Stride, row, 0);
            for (nint k = 0; k < length; k += Lanes)
            {
                var sum = Vector512.FusedMultiplyAdd(x0, Load(ref r, k), Load(ref y0, k));
                sum = Vector512.FusedMultiplyAdd(x1, Load(ref r, k + rows.Stride), sum);
                sum = Vector512.FusedMultiplyAdd(x2, Load(ref r, k + 2 * rows.Stride), sum);
                sum = Vector512.FusedMultiplyAdd(x3, Load(ref r, k + 3 * rows.Stride), sum);
                sum.StoreUnsafe(ref y0, (nuint)k);
            }
        }

        for (; row < x.Length; row++)
        {
            var factor = Vector512.Create(-x[row]);
            ref var r = ref At(ref r0, rows.Stride, row, 0);
            for (nint k = 0; k < length; k += Lanes)
            {
                Vector512.FusedMultiplyAdd(factor, Load(ref r, k), Load(ref y0, k)).StoreUnsafe(ref y0, (nuint)k);
            }
        }
    }

    // Four rows and two columns of C.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile(ref double c, nint cStride, ref double a, nint aStride, ref double b, nint bStride, bool hasSecond, int depth)
    {
        var (s00, s10, s20, s30) = (Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero);
        var (s01, s11, s21, s31) = (s00, s10, s20, s30);
        ref var second = ref Unsafe.Add(ref b, hasSecond ? bStride : 0);
        for (nint k = 0; k < depth; k += Lanes)
        {
            var (b0, b1) = (Load(ref b, k), Load(ref second, k));
            var (a0, a1) = (Load(ref a, k), Load(ref a, k + aStride));
            s00 = Vector512.FusedMultiplyAdd(a0, b0, s00);
            s01 = Vector512.FusedMultiplyAdd(a0, b1, s01);
            s10 = Vector512.FusedMultiplyAdd(a1, b0, s10);
            s11 = Vector512.FusedMultiplyAdd(a1, b1, s11);
            var (a2, a3) = (Load(ref a, k + 2 * aStride), Load(ref a, k + 3 * aStride));
            s20 = Vector512.FusedMultiplyAdd(a2, b0, s20);
            s21 = Vector512.FusedMultiplyAdd(a2, b1, s21);
            s30 = Vector512.FusedMultiplyAdd(a3, b0, s30);
            s31 = Vector512.FusedMultiplyAdd(a3, b1, s31);
        }

        c -= Sum(s00);
        Unsafe.Add(ref c, cStride) -= Sum(s10);
        Unsafe.Add(ref c, 2 * cStride) -= Sum(s20);
        Unsafe.Add(ref c, 3 * cStride) -= Sum(s30);
        if (hasSecond)
        {
            Unsafe.Add(ref c, 1) -= Sum(s01);
            Unsafe.Add(ref c, cStride + 1) -= Sum(s11);
            Unsafe.Add(ref c, 2 * cStride + 1) -= Sum(s21);
            Unsafe.Add(ref c, 3 * cStride + 1) -= Sum(s31);
        }
    }

    // One row and up to four columns of C.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Strip(ref double c, ref double a, ref double b, nint bStride, int columns, int depth)
    {
        var (s0, s1, s2, s3) = (Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero);
        var (o1, o2, o3) = (columns > 1 ? bStride : 0, columns > 2 ? 2 * bStride : 0, columns > 3 ? 3 * bStride : 0);
        for (nint k = 0; k < depth; k += Lanes)
        {
            var a0 = Load(ref a, k);
            s0 = Vector512.FusedMultiplyAdd(a0, Load(ref b, k), s0);
            s1 = Vector512.FusedMultiplyAdd(a0, Load(ref b, k + o1), s1);
            s2 = Vector512.FusedMultiplyAdd(a0, Load(ref b, k + o2), s2);
            s3 = Vector512.FusedMultiplyAdd(a0, Load(ref b, k + o3), s3);
        }

        c -= Sum(s0);
        if (columns > 1)
        {
            Unsafe.Add(ref c, 1) -= Sum(s1);
        }

        if (columns > 2)
        {
            Unsafe.Add(ref c, 2) -= Sum(s2);
        }

        if (columns > 3)
        {
            Unsafe.Add(ref c, 3) -= Sum(s3);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Load(ref double from, nint offset) => Vector512.LoadUnsafe(ref from, (nuint)offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref double At(ref double from, nint stride, int row, int column) => ref Unsafe.Add(ref from, row * stride + column);
}
