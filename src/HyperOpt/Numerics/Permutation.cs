namespace HyperOpt.Numerics;

/// <summary>
/// A pseudo-random permutation of 0 … count - 1 that needs no table: a Feistel network on the next even power of two,
/// walked along until it falls below the count. Source: Black and Rogaway 2002, 10.1007/3-540-45760-7_9.
/// </summary>
internal readonly struct Permutation
{
    private const int Rounds = 4; // Luby and Rackoff 1988, 10.1137/0217022: four rounds are enough to be indistinguishable

    private readonly long _count;
    private readonly ulong _seed;
    private readonly int _half;

    public Permutation(long count, ulong seed)
    {
        _count = count;
        _seed = seed;
        var bits = count <= 1 ? 0 : 64 - System.Numerics.BitOperations.LeadingZeroCount((ulong)count - 1);
        _half = Math.Max(1, (bits + 1) / 2);
    }

    /// <summary>Where the permutation takes a position below the count.</summary>
    public long At(long position)
    {
        var value = (ulong)position;
        do
        {
            value = Encrypt(value);
        }
        while (value >= (ulong)_count);
        return (long)value;
    }

    private ulong Encrypt(ulong value)
    {
        var mask = (1UL << _half) - 1;
        var (left, right) = (value >> _half, value & mask);
        for (var round = 0; round < Rounds; round++)
        {
            (left, right) = (right, left ^ (StreamSeed.Hash(_seed, (long)right, RoundNames[round]) & mask));
        }

        return (left << _half) | right;
    }

    private static readonly string[] RoundNames = ["shuffle/0", "shuffle/1", "shuffle/2", "shuffle/3"];
}
