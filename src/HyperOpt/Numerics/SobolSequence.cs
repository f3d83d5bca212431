using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace HyperOpt.Numerics;

/// <summary>
/// The Sobol sequence in base 2, plain or scrambled: each aligned block of 2^m indices is a digital net, so n points integrate a smooth
/// function with an error near n^-1.5 where random points have n^-0.5, and fill any one axis evenly.
/// </summary>
/// <remarks>
/// <para>
/// A pure function of index and dimension, both counted from 0. Points are in the natural, not the Gray-code order (the same points, block
/// by block).
/// </para>
/// <para>Direction numbers: Joe and Kuo (2008), DOI 10.1137/070709359, see <see cref="SobolDirections"/>.</para>
/// <para>
/// Scrambling: Owen's nested uniform scrambling (1995, DOI 10.1007/978-1-4612-2552-2_19) flips each binary digit by a random function of
/// the digits above it. Laine and Karras (2011, DOI 10.1111/j.1467-8659.2011.01984.x) saw that additions and multiplications, whose carries
/// run from low bits to high, do that to the bits reversed; Burley (2020, "Practical hash-based Owen scrambling", JCGT 9(4), 1-20) made it
/// a generator of samples.
/// </para>
/// <para>
/// <see cref="OwenHash"/> has the constants and order of Vegdahl (2021, "Building a better LK hash", psychopath.io). The hash first
/// published lets the key in by one addition only: over random keys it makes four of the eight ways to scramble two digits, and two points
/// stay dependent below the digit at which they part. This one makes all eight equally often, and no chi-squared test over 2^18 keys told
/// two of its points from independent ones, which is what the mean and the variance of an estimate rest on. It is no full scrambling: of
/// the 128 ways to scramble three digits it makes 32.
/// </para>
/// </remarks>
internal static class SobolSequence
{
    /// <summary>How many dimensions have direction numbers.</summary>
    public const int MaxDimensions = SobolDirections.Dimensions;

    /// <summary>The coordinate in units of 2^-32. Takes as many steps as the index has one bits.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The dimension is not in [0, <see cref="MaxDimensions"/>).</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static uint Raw(uint index, int dimension)
    {
        if ((uint)dimension >= MaxDimensions)
            throw new ArgumentOutOfRangeException(nameof(dimension), dimension, $"0 <= dimension < {MaxDimensions} must hold.");
        var columns = SobolDirections.Of(dimension);
        var point = 0u;
        for (; index != 0; index &= index - 1)
            point ^= columns[BitOperations.TrailingZeroCount(index)];
        return point;
    }

    /// <summary>The coordinate of the scrambled sequence, in the open interval (0, 1): the centre of its cell of width 2^-32.</summary>
    /// <remarks>Over random seeds each point is uniform. The index is not shuffled: aligned blocks of 2^m indices stay nets.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The index is not in [0, 2^32), or the dimension is not in [0, <see cref="MaxDimensions"/>).
    /// </exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Scrambled(long index, int dimension, ulong seed)
    {
        if (index is < 0 or > uint.MaxValue)
            throw new ArgumentOutOfRangeException(nameof(index), index, "0 <= index < 2^32 must hold.");
        var digits = ReverseBits(Raw((uint)index, dimension));
        return (ReverseBits(OwenHash(digits, Key(seed, dimension))) + 0.5) * (1.0 / (1L << 32));
    }

    /// <summary>
    /// A permutation of the 32-bit integers in which bit i of the result depends on bits 0 to i alone, and flips with bit i.
    /// </summary>
    private static uint OwenHash(uint x, uint key)
    {
        x ^= x * 0x3D20_ADEA;
        x += key;
        x *= (key >> 16) | 1;
        x ^= x * 0x0552_6C56;
        x ^= x * 0x53A2_2864;
        return x;
    }

    /// <summary>The hash needs keys that look random: neighbouring seeds and dimensions must not have neighbouring keys.</summary>
    private static uint Key(ulong seed, int dimension) =>
        (uint)(SplitMix64.Mix(SplitMix64.Mix(seed + SplitMix64.Step) + ((ulong)dimension + 1) * SplitMix64.Step) >> 32);

    private static uint ReverseBits(uint x)
    {
        x = (x >> 1 & 0x5555_5555) | ((x & 0x5555_5555) << 1);
        x = (x >> 2 & 0x3333_3333) | ((x & 0x3333_3333) << 2);
        x = (x >> 4 & 0x0F0F_0F0F) | ((x & 0x0F0F_0F0F) << 4);
        return BinaryPrimitives.ReverseEndianness(x);
    }
}
