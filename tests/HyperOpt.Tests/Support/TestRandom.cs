namespace HyperOpt.Tests.Support;

/// <summary>A deterministic generator for tests: SplitMix64 (Steele, Lea and Flood 2014, DOI 10.1145/2660193.2660195).</summary>
internal sealed class TestRandom(ulong seed)
{
    private ulong _state = seed;

    public ulong NextUInt64()
    {
        var z = _state += 0x9E37_79B9_7F4A_7C15;
        z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9;
        z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EB;
        return z ^ (z >> 31);
    }

    /// <summary>A multiple of 2^-53 in [0,1).</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1L << 53));
}
