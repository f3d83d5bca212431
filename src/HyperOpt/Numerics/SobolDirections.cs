namespace HyperOpt.Numerics;

/// <summary>The columns of the generator matrices of the Sobol sequence, as 32-bit binary fractions, decoded on first use.</summary>
/// <remarks>
/// <para>
/// Notation: dimension j has a primitive polynomial x^s + a_1 x^(s-1) + ... + a_(s-1) x + 1 over GF(2) and initial odd numbers
/// m_1 ... m_s with m_i &lt; 2^i; v_i = m_i / 2^i, and for i > s: v_i = a_1 v_(i-1) ^ ... ^ a_(s-1) v_(i-s+1) ^ v_(i-s) ^ (v_(i-s) >> s).
/// </para>
/// <para>
/// Joe and Kuo (2008), "Constructing Sobol sequences with better two-dimensional projections", DOI 10.1137/070709359: the set
/// new-joe-kuo-6, in its authors' layout (a line "j s a m_1 ... m_s"; the digits of a are a_1 ... a_(s-1)). See the licence beside it.
/// </para>
/// </remarks>
internal static class SobolDirections
{
    public const int Dimensions = 1111;
    public const int Bits = 32;

    private const string Resource = "HyperOpt.Numerics.sobol-joe-kuo-6.txt";

    private static readonly uint[] Columns = Decode();

    /// <summary>The 32 columns of a dimension, counted from 0: number i belongs to bit i of the index.</summary>
    public static ReadOnlySpan<uint> Of(int dimension) => Columns.AsSpan(dimension * Bits, Bits);

    private static uint[] Decode()
    {
        var columns = new uint[Dimensions * Bits];
        for (var i = 0; i < Bits; i++)
            columns[i] = 1u << (Bits - 1 - i);

        ReadOnlySpan<byte> text = ReadResource();
        text = text[(text.IndexOf((byte)'\n') + 1)..];
        for (var dimension = 1; dimension < Dimensions; dimension++)
            Decode(ref text, columns.AsSpan(dimension * Bits, Bits));
        return columns;
    }

    private static void Decode(ref ReadOnlySpan<byte> text, Span<uint> v)
    {
        ReadNumber(ref text);
        var s = ReadNumber(ref text);
        var a = ReadNumber(ref text);
        for (var i = 0; i < s; i++)
            v[i] = (uint)ReadNumber(ref text) << (Bits - 1 - i);
        for (var i = s; i < Bits; i++)
        {
            v[i] = v[i - s] ^ (v[i - s] >> s);
            for (var k = 1; k < s; k++)
            {
                if ((a >> (s - 1 - k) & 1) != 0)
                    v[i] ^= v[i - k];
            }
        }
    }

    /// <summary>Skips what lies before the next number, whatever the line ends are, and reads it.</summary>
    private static int ReadNumber(ref ReadOnlySpan<byte> text)
    {
        var number = 0;
        text = text[text.IndexOfAnyInRange((byte)'0', (byte)'9')..];
        var i = 0;
        for (; text[i] >= (byte)'0'; i++)
            number = 10 * number + (text[i] - (byte)'0');
        text = text[i..];
        return number;
    }

    private static byte[] ReadResource()
    {
        using var stream = typeof(SobolDirections).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The resource '{Resource}' must be embedded in HyperOpt, but is not.");
        var text = new byte[stream.Length];
        stream.ReadExactly(text);
        return text;
    }
}
