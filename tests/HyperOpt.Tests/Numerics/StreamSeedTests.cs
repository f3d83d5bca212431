using System.Numerics;
using HyperOpt.Numerics;
using HyperOpt.Tests.Support;
using Xunit;

namespace HyperOpt.Tests.Numerics;

/// <remarks>Golden values: an independent Python implementation of FNV-1a 64 and the SplitMix64 mixer, with unbounded integers.</remarks>
public class StreamSeedTests
{
    [Theory]
    [InlineData(0UL, 0L, "", 0x7DC2C42B173EBF65UL)]
    [InlineData(0UL, 0L, "sampler", 0x120E376B3E3D853AUL)]
    [InlineData(42UL, 0L, "sampler", 0x8E2946CB87F05B90UL)]
    [InlineData(42UL, 1L, "sampler", 0xA3904FCB28034A58UL)]
    [InlineData(42UL, 0L, "pruner", 0xAE60E797CD4511BDUL)]
    [InlineData(42UL, -1L, "sampler", 0xB35B5AE4D625C258UL)]
    [InlineData(ulong.MaxValue, long.MaxValue, "sampler", 0x8CFB12A0BFCA2620UL)]
    [InlineData(7UL, 123456789L, "größe", 0x378F7F6E35C3D8CDUL)]
    public void TheHashNeverChanges(ulong seed, long number, string purpose, ulong expected) =>
        Assert.Equal(expected, StreamSeed.Hash(seed, number, purpose));

    [Fact]
    public void TheStreamNeverChanges()
    {
        var random = StreamSeed.Create(42, 7, "sampler");
        Assert.Equal(
            [0xBBEEAB54FE06D803UL, 0xC35EE63E030BFE08UL, 0x8F9C2A501ADC71B1UL],
            [random.NextUInt64(), random.NextUInt64(), random.NextUInt64()]);
    }

    [Fact]
    public void TrialsSeedsAndPurposesHaveDifferentStreams()
    {
        var hashes = new HashSet<ulong>();
        for (var seed = 0UL; seed < 50; seed++)
        {
            for (var number = -50L; number < 1000; number++)
            {
                foreach (var purpose in (ReadOnlySpan<string>)["sampler", "pruner", "sample", "samplers", ""])
                    Assert.True(hashes.Add(StreamSeed.Hash(seed, number, purpose)));
            }
        }
    }

    /// <remarks>
    /// 8,192 frequencies of 1,024 draws, each within 7 standard deviations: fails by chance once in 4e7 times the inputs are chosen.
    /// </remarks>
    [Fact]
    public void EveryBitOfSeedAndNumberFlipsEveryBitOfTheHashHalfTheTime()
    {
        const int draws = 1024;
        var flips = new int[128, 64];
        for (var draw = 0; draw < draws; draw++)
        {
            var (seed, number) = ((ulong)draw >> 5, (long)draw & 31);
            var hash = StreamSeed.Hash(seed, number, "sampler");
            for (var bit = 0; bit < 64; bit++)
            {
                Count(flips, bit, hash ^ StreamSeed.Hash(seed ^ (1UL << bit), number, "sampler"));
                Count(flips, 64 + bit, hash ^ StreamSeed.Hash(seed, number ^ (1L << bit), "sampler"));
            }
        }

        var tolerance = 7 * Math.Sqrt(draws) / 2;
        foreach (var count in flips)
            Assert.InRange(count, draws / 2 - tolerance, draws / 2 + tolerance);
    }

    /// <remarks>Each of the three tests fails by chance once in 1e9 times the seed is chosen.</remarks>
    [Fact]
    public void NeighbouringTrialsSeedsAndPurposesDrawIndependently()
    {
        var numbers = new int[256];
        var seeds = new int[256];
        var purposes = new int[256];
        for (var number = 0; number < 20_000; number++)
        {
            var row = 16 * Cell(42, number, "sampler");
            numbers[row + Cell(42, number + 1, "sampler")]++;
            seeds[row + Cell(43, number, "sampler")]++;
            purposes[row + Cell(42, number, "pruner")]++;
        }

        PearsonTest.AssertUniform(numbers);
        PearsonTest.AssertUniform(seeds);
        PearsonTest.AssertUniform(purposes);
    }

    private static int Cell(ulong seed, long number, string purpose) => (int)(16 * StreamSeed.Create(seed, number, purpose).NextDouble());

    private static void Count(int[,] flips, int input, ulong changed)
    {
        for (; changed != 0; changed &= changed - 1)
            flips[input, BitOperations.TrailingZeroCount(changed)]++;
    }
}
