using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace HyperOpt.Numerics;

/// <summary>The library's only generator of chance: xoshiro256**, the same on every platform and in every version of .NET.</summary>
/// <remarks>
/// <para>
/// Blackman and Vigna (2021), "Scrambled linear pseudorandom number generators", DOI 10.1145/3460772. The four words of state are
/// the first four outputs of SplitMix64, as its authors advise. Bounded integers are unbiased by multiplication and rejection:
/// Lemire (2019), "Fast random integer generation in an interval", DOI 10.1145/3230636.
/// </para>
/// <para>
/// Every virtual member of <see cref="Random"/> is overridden. Its others (<c>Shuffle</c>, <c>GetItems</c>, <c>GetString</c>) draw from
/// these, but in an order that belongs to the base library and may change with it.
/// </para>
/// Not safe for use by several threads at once.
/// </remarks>
internal sealed class Xoshiro256StarStar : Random
{
    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;

    // A constant seed keeps the base class from asking Random.Shared for one; what it sets up is never used.
#pragma warning disable RS0030
    public Xoshiro256StarStar(ulong seed) : base(0)
#pragma warning restore RS0030
    {
        _s0 = SplitMix64.Mix(seed += SplitMix64.Step);
        _s1 = SplitMix64.Mix(seed += SplitMix64.Step);
        _s2 = SplitMix64.Mix(seed += SplitMix64.Step);
        _s3 = SplitMix64.Mix(seed + SplitMix64.Step);
    }

    /// <summary>64 uniform bits: one step of the generator. Every other method is made of these.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong NextUInt64()
    {
        var result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        var t = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    public override int Next() => (int)Below((uint)int.MaxValue);

    public override int Next(int maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxValue);
        return (int)Below((uint)maxValue);
    }

    public override int Next(int minValue, int maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minValue, maxValue);
        return (int)(minValue + Below((uint)((long)maxValue - minValue)));
    }

    public override long NextInt64() => (long)Below((ulong)long.MaxValue);

    public override long NextInt64(long maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxValue);
        return (long)Below((ulong)maxValue);
    }

    public override long NextInt64(long minValue, long maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minValue, maxValue);
        return unchecked(minValue + (long)Below((ulong)maxValue - (ulong)minValue));
    }

    /// <summary>A multiple of 2^-53 in [0, 1).</summary>
    public override double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1L << 53));

    /// <summary>Fills a span with what as many calls of <see cref="Random.NextDouble"/> would give; fast where the generator is this one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fill(Random random, Span<double> units)
    {
        if (random is Xoshiro256StarStar own)
        {
            for (var i = 0; i < units.Length; i++)
            {
                units[i] = (own.NextUInt64() >> 11) * (1.0 / (1L << 53));
            }

            return;
        }

        for (var i = 0; i < units.Length; i++)
        {
            units[i] = random.NextDouble();
        }
    }

    /// <summary>A multiple of 2^-24 in [0, 1).</summary>
    public override float NextSingle() => (NextUInt64() >> 40) * (1f / (1 << 24));

    public override void NextBytes(byte[] buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        NextBytes(buffer.AsSpan());
    }

    /// <summary>Fills the buffer with the little-endian bytes of as many outputs as it takes.</summary>
    public override void NextBytes(Span<byte> buffer)
    {
        for (; buffer.Length >= sizeof(ulong); buffer = buffer[sizeof(ulong)..])
            BinaryPrimitives.WriteUInt64LittleEndian(buffer, NextUInt64());
        if (buffer.IsEmpty)
            return;
        Span<byte> last = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(last, NextUInt64());
        last[..buffer.Length].CopyTo(buffer);
    }

    protected override double Sample() => NextDouble();

    /// <summary>Uniform on [0, bound), from the upper 32 bits, which are the best; 0 if the bound is 0, as in the base class.</summary>
    private uint Below(uint bound)
    {
        var product = (NextUInt64() >> 32) * bound;
        if ((uint)product < bound)
        {
            for (var threshold = (0 - bound) % bound; (uint)product < threshold;)
                product = (NextUInt64() >> 32) * bound;
        }

        return (uint)(product >> 32);
    }

    /// <summary>Uniform on [0, bound), from all 64 bits; 0 if the bound is 0, as in the base class.</summary>
    private ulong Below(ulong bound)
    {
        var high = Math.BigMul(NextUInt64(), bound, out var low);
        if (low < bound)
        {
            for (var threshold = (0 - bound) % bound; low < threshold;)
                high = Math.BigMul(NextUInt64(), bound, out low);
        }

        return high;
    }
}
