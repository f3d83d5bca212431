using System.Runtime.CompilerServices;

namespace HyperOpt.Numerics;

/// <summary>Makes the random stream of one trial for one purpose a function of the study's seed and the trial's number.</summary>
/// <remarks>
/// The hash is part of what a seed means: it may never change, or runs of earlier versions could not be repeated. The purpose is hashed
/// by FNV-1a over its UTF-16 code units, low byte first (Fowler, Noll, Vo and Eastlake, RFC 9923); three rounds of the SplitMix64 mixer
/// then take in seed, number and purpose. With any two of these fixed the hash is a bijection of the third (of the purpose's FNV value),
/// so two trials of a study never share a stream for the same purpose.
/// </remarks>
internal static class StreamSeed
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong Hash(ulong seed, long number, ReadOnlySpan<char> purpose)
    {
        var hash = SplitMix64.Mix(seed + SplitMix64.Step);
        hash = SplitMix64.Mix((hash ^ (ulong)number) + SplitMix64.Step);
        return SplitMix64.Mix((hash ^ Fnv1a(purpose)) + SplitMix64.Step);
    }

    public static Xoshiro256StarStar Create(ulong seed, long number, ReadOnlySpan<char> purpose) => new(Hash(seed, number, purpose));

    private static ulong Fnv1a(ReadOnlySpan<char> text)
    {
        const ulong offset = 0xCBF2_9CE4_8422_2325;
        const ulong prime = 0x100_0000_01B3;
        var hash = offset;
        foreach (var unit in text)
        {
            hash = (hash ^ (byte)unit) * prime;
            hash = (hash ^ (byte)(unit >> 8)) * prime;
        }

        return hash;
    }
}
