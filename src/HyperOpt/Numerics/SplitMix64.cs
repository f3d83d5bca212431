using System.Runtime.CompilerServices;

namespace HyperOpt.Numerics;

/// <summary>The parts of the SplitMix64 generator: a bijective mixer of 64 bits, and the step of its counter.</summary>
/// <remarks>
/// Steele, Lea and Flood (2014), "Fast splittable pseudorandom number generators", DOI 10.1145/2660193.2660195;
/// the mixer's constants are Stafford's variant 13. Output k of SplitMix64 from a seed s is Mix(s + (k + 1) * Step).
/// </remarks>
internal static class SplitMix64
{
    /// <summary>The odd integer nearest to 2^64 divided by the golden ratio.</summary>
    public const ulong Step = 0x9E37_79B9_7F4A_7C15;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58_476D_1CE4_E5B9;
        value = (value ^ (value >> 27)) * 0x94D0_49BB_1331_11EB;
        return value ^ (value >> 31);
    }
}
