using FsCheck;
using FsCheck.Fluent;

namespace HyperOpt.Tests.Support;

/// <summary>Generators of numbers.</summary>
internal static class Numbers
{
    private const double Last = 1 - 1.0 / (1L << 53);

    /// <summary>Coordinates in [0,1], the odd ones more often than chance would have them.</summary>
    public static Gen<double> Units { get; } = Gen.Frequency(
        (8, Fractions()),
        (1, Gen.Elements(0, double.Epsilon, 1e-300, 1e-16, 0.5, Last, 1)),
        (1, from n in Gen.Choose(1, 64) from k in Gen.Choose(0, n) select (double)k / n));

    /// <summary>Positive numbers of all magnitudes between two powers of ten.</summary>
    public static Gen<double> Positive(int lowExponent, int highExponent) =>
        from exponent in Gen.Choose(lowExponent, highExponent)
        from mantissa in Fractions()
        select (1 + 9 * mantissa) * Math.Pow(10, exponent);

    /// <summary>Numbers of all magnitudes, of both signs.</summary>
    public static Gen<double> Signed(int lowExponent, int highExponent) =>
        from sign in Gen.Elements(-1, 1)
        from magnitude in Positive(lowExponent, highExponent)
        select sign * magnitude;

    /// <summary>Ints of all magnitudes.</summary>
    public static Gen<int> Ints { get; } =
        from bits in Gen.Choose(0, 31)
        from high in Gen.Choose(0, 0xFFFF)
        from low in Gen.Choose(0, 0xFFFF)
        select ((high << 16) | low) >> bits;

    private static Gen<double> Fractions() =>
        from high in Gen.Choose(0, (1 << 27) - 1)
        from low in Gen.Choose(0, (1 << 26) - 1)
        select (((long)high << 26) | (uint)low) * (1.0 / (1L << 53));
}
