using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace HyperOpt.Numerics;

/// <summary>
/// exp of four or eight doubles. Made of IEEE operations only (with fused multiply-add, which is one everywhere), so the last bit is the same on every machine;
/// relative error below 4e-16 · 2 on [-708, 708], where arguments are clipped to.
/// </summary>
internal static class VectorExp
{
    private const double Log2E = 1.44269504088896340736;
    private const double Ln2High = 0.693147180369123816490; // 33 bits: its products with small integers are exact
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double RoundingShift = 6755399441055744.0; // 1.5 · 2^52: adding it rounds to an integer, in the low bits

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Exp(Vector512<double> x) => Vector512.Create(Exp(x.GetLower()), Exp(x.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Exp(Vector256<double> x)
    {
        x = Vector256.MaxNative(Vector256.MinNative(x, Vector256.Create(708.0)), Vector256.Create(-708.0));
        var shift = Vector256.Create(RoundingShift);
        var shifted = Vector256.FusedMultiplyAdd(x, Vector256.Create(Log2E), shift);
        var k = shifted - shift;
        var r = Vector256.FusedMultiplyAdd(k, Vector256.Create(-Ln2High), x);
        r = Vector256.FusedMultiplyAdd(k, Vector256.Create(-Ln2Low), r);

        // Taylor to r^13 on |r| <= ln 2 / 2: the remainder is below 4e-18.
        var p = Vector256.Create(1 / 6227020800.0);
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1 / 479001600.0));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1 / 39916800.0));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1 / 3628800.0));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1 / 362880.0));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1 / 40320.0));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1 / 5040.0));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1 / 720.0));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1 / 120.0));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1 / 24.0));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1 / 6.0));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(0.5));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256<double>.One);
        p = Vector256.FusedMultiplyAdd(p, r, Vector256<double>.One);

        // 2^k by adding k to the exponent's bits.
        return (p.AsInt64() + (shifted.AsInt64() << 52)).AsDouble();
    }
}
