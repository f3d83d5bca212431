using System.Numerics;

namespace HyperOpt.Numerics;

/// <summary>
/// A pseudo-random permutation of 0 … count - 1 that needs no table: the swap-or-not shuffle of Hoang, Morris and Rogaway (2012),
/// DOI 10.1007/978-3-642-32009-5_1. In each round a random key K pairs each place X with K - X, and a random bit of the pair swaps it or not.
/// </summary>
/// <remarks>
/// It works on any count. A Feistel network works on powers of four, to be walked along until it falls below the count: over 20,000 seeds
/// chi-squared tests told its orders of five from equally likely ones with any number of rounds from 4 to 40. Small grids are the usual ones.
/// </remarks>
internal readonly struct Permutation
{
    /// <summary>Six times the bits of the count are enough, say its authors; on a few places each round does little, and this many are.</summary>
    private const int FewestRounds = 24;

    private readonly long _count;
    private readonly ulong _key;
    private readonly int _rounds;

    public Permutation(long count, ulong seed)
    {
        _count = count;
        _key = StreamSeed.Hash(seed, count, "shuffle");
        _rounds = Math.Max(FewestRounds, 6 * (64 - BitOperations.LeadingZeroCount((ulong)count)));
    }

    /// <summary>Where the permutation takes a position below the count.</summary>
    public long At(long position)
    {
        var place = position;
        for (var round = 1; round <= _rounds; round++)
        {
            var key = SplitMix64.Mix(_key + (ulong)round * SplitMix64.Step);
            var partner = (long)Math.BigMul(key, (ulong)_count, out _) - place;
            partner += partner < 0 ? _count : 0;
            var pair = (ulong)Math.Max(place, partner);
            place = SplitMix64.Mix((key ^ pair) + SplitMix64.Step) >> 63 == 0 ? place : partner;
        }

        return place;
    }
}
