using HyperOpt.Numerics;
using Xunit;

namespace HyperOpt.Tests.Numerics;

/// <remarks>What holds of every aligned block of 2^m indices, plain or scrambled, without exception.</remarks>
public class SobolNetTests
{
    private const ulong Seed = 20260101;

    [Theory]
    [InlineData(0L, 3)]
    [InlineData(0L, 7)]
    [InlineData(64L, 6)]
    [InlineData(1L << 20, 5)]
    [InlineData((1L << 32) - 64, 6)]
    public void InEveryDimensionABlockHitsEachOfItsCellsOnce(long start, int m)
    {
        var plain = new int[1 << m];
        var scrambled = new int[1 << m];
        for (var dimension = 0; dimension < SobolSequence.MaxDimensions; dimension++)
        {
            for (var i = start; i < start + (1L << m); i++)
            {
                plain[Plain(i, dimension, m)]++;
                scrambled[Scrambled(i, dimension, m)]++;
            }

            Assert.All(plain, count => Assert.Equal(dimension + 1, count));
            Assert.All(scrambled, count => Assert.Equal(dimension + 1, count));
        }
    }

    /// <remarks>The quality parameter t of the first two dimensions is 0: a block is a (0, m, 2)-net.</remarks>
    [Theory]
    [InlineData(0L, 8)]
    [InlineData(256L, 8)]
    [InlineData(5L << 10, 10)]
    public void InTheFirstTwoDimensionsABlockHitsEachRectangleOfItsVolumeOnce(long start, int m)
    {
        for (var wide = 0; wide <= m; wide++)
        {
            var plain = new int[1 << m];
            var scrambled = new int[1 << m];
            for (var i = start; i < start + (1L << m); i++)
            {
                plain[(Plain(i, 0, wide) << (m - wide)) + Plain(i, 1, m - wide)]++;
                scrambled[(Scrambled(i, 0, wide) << (m - wide)) + Scrambled(i, 1, m - wide)]++;
            }

            Assert.All(plain, count => Assert.Equal(1, count));
            Assert.All(scrambled, count => Assert.Equal(1, count));
        }
    }

    [Fact]
    public void ScrambledPointsLieInTheOpenInterval()
    {
        for (var dimension = 0; dimension < SobolSequence.MaxDimensions; dimension++)
        {
            foreach (var index in (long[])[0, 1, uint.MaxValue])
                Assert.InRange(SobolSequence.Scrambled(index, dimension, Seed), 1 / 8589934592.0, 1 - 1 / 8589934592.0);
        }
    }

    private static int Plain(long index, int dimension, int digits) =>
        (int)((ulong)SobolSequence.Raw((uint)index, dimension) >> (32 - digits));

    private static int Scrambled(long index, int dimension, int digits) =>
        (int)(SobolSequence.Scrambled(index, dimension, Seed) * (1 << digits));
}
