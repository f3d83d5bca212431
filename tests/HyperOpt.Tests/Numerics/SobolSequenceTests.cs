using System.Buffers.Binary;
using System.Security.Cryptography;
using HyperOpt.Numerics;
using Xunit;

namespace HyperOpt.Tests.Numerics;

/// <remarks>
/// Golden values: scipy 1.10.1, engine = scipy.stats.qmc.Sobol(1111, scramble=False, bits=32). Its k-th point is ours of index k ^ (k >>
/// 1), as it goes by the Gray code.
/// </remarks>
public class SobolSequenceTests
{
    /// <remarks>engine.random(16) * 16, put in natural order; dimensions counted from 0.</remarks>
    [Theory]
    [InlineData(0, new[] { 0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15 })]
    [InlineData(1, new[] { 0, 8, 12, 4, 10, 2, 6, 14, 15, 7, 3, 11, 5, 13, 9, 1 })]
    [InlineData(2, new[] { 0, 8, 12, 4, 6, 14, 10, 2, 9, 1, 5, 13, 15, 7, 3, 11 })]
    [InlineData(3, new[] { 0, 8, 12, 4, 2, 10, 14, 6, 5, 13, 9, 1, 7, 15, 11, 3 })]
    [InlineData(4, new[] { 0, 8, 4, 12, 2, 10, 6, 14, 11, 3, 15, 7, 9, 1, 13, 5 })]
    [InlineData(5, new[] { 0, 8, 4, 12, 6, 14, 2, 10, 3, 11, 7, 15, 5, 13, 1, 9 })]
    [InlineData(6, new[] { 0, 8, 12, 4, 10, 2, 6, 14, 13, 5, 1, 9, 7, 15, 11, 3 })]
    [InlineData(7, new[] { 0, 8, 4, 12, 10, 2, 14, 6, 5, 13, 1, 9, 15, 7, 11, 3 })]
    [InlineData(8, new[] { 0, 8, 4, 12, 10, 2, 14, 6, 5, 13, 1, 9, 15, 7, 11, 3 })]
    [InlineData(9, new[] { 0, 8, 4, 12, 14, 6, 10, 2, 11, 3, 15, 7, 5, 13, 1, 9 })]
    [InlineData(10, new[] { 0, 8, 4, 12, 10, 2, 14, 6, 1, 9, 5, 13, 11, 3, 15, 7 })]
    [InlineData(11, new[] { 0, 8, 4, 12, 2, 10, 6, 14, 3, 11, 7, 15, 1, 9, 5, 13 })]
    [InlineData(12, new[] { 0, 8, 12, 4, 10, 2, 6, 14, 5, 13, 9, 1, 15, 7, 3, 11 })]
    [InlineData(13, new[] { 0, 8, 12, 4, 6, 14, 10, 2, 9, 1, 5, 13, 15, 7, 3, 11 })]
    [InlineData(14, new[] { 0, 8, 4, 12, 2, 10, 6, 14, 15, 7, 11, 3, 13, 5, 9, 1 })]
    [InlineData(15, new[] { 0, 8, 12, 4, 2, 10, 14, 6, 13, 5, 1, 9, 15, 7, 3, 11 })]
    [InlineData(16, new[] { 0, 8, 4, 12, 2, 10, 6, 14, 15, 7, 11, 3, 13, 5, 9, 1 })]
    [InlineData(17, new[] { 0, 8, 12, 4, 2, 10, 14, 6, 15, 7, 3, 11, 13, 5, 1, 9 })]
    [InlineData(18, new[] { 0, 8, 4, 12, 10, 2, 14, 6, 5, 13, 1, 9, 15, 7, 11, 3 })]
    [InlineData(19, new[] { 0, 8, 12, 4, 14, 6, 2, 10, 11, 3, 7, 15, 5, 13, 9, 1 })]
    [InlineData(99, new[] { 0, 8, 4, 12, 10, 2, 14, 6, 5, 13, 1, 9, 15, 7, 11, 3 })]
    [InlineData(359, new[] { 0, 8, 4, 12, 2, 10, 6, 14, 9, 1, 13, 5, 11, 3, 15, 7 })]
    [InlineData(776, new[] { 0, 8, 4, 12, 6, 14, 2, 10, 1, 9, 5, 13, 7, 15, 3, 11 })]
    [InlineData(1109, new[] { 0, 8, 12, 4, 2, 10, 14, 6, 3, 11, 15, 7, 1, 9, 13, 5 })]
    [InlineData(1110, new[] { 0, 8, 4, 12, 10, 2, 14, 6, 15, 7, 11, 3, 5, 13, 1, 9 })]
    public void TheFirstPointsEqualScipys(int dimension, int[] sixteenths) =>
        Assert.Equal(sixteenths.Select(x => (uint)x << 28), Enumerable.Range(0, 16).Select(i => SobolSequence.Raw((uint)i, dimension)));

    /// <remarks>engine.fast_forward(1_000_000); engine.random(3) * 2**32.</remarks>
    [Theory]
    [InlineData(0, 113709056u, 2261192704u, 3334934528u)]
    [InlineData(1, 1339682816u, 3487166464u, 265940992u)]
    [InlineData(19, 1641934848u, 3789418496u, 568193024u)]
    [InlineData(99, 1286787072u, 3434270720u, 2360528896u)]
    [InlineData(499, 650358784u, 2797842432u, 1724100608u)]
    [InlineData(999, 1244491776u, 3391975424u, 2318233600u)]
    [InlineData(1110, 1739411456u, 3886895104u, 2813153280u)]
    public void PointsFarAlongEqualScipys(int dimension, uint first, uint second, uint third) =>
        Assert.Equal([first, second, third], [.. new[] { 582496u, 582497u, 582499u }.Select(index => SobolSequence.Raw(index, dimension))]);

    /// <remarks>hashlib.sha256(engine._sv.astype('&lt;u4').tobytes()): 1,111 rows of 32 columns. Every point is a sum of these.</remarks>
    [Fact]
    public void AllDirectionNumbersEqualScipys()
    {
        var bytes = new byte[SobolSequence.MaxDimensions * 32 * sizeof(uint)];
        for (var i = 0; i < bytes.Length / sizeof(uint); i++)
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(i * sizeof(uint)), SobolSequence.Raw(1u << (i % 32), i / 32));
        Assert.Equal("86F95F6051991A3F9C2DBCCF74CB5F09D393235067937EC1896FB55C003F38E6", Convert.ToHexString(SHA256.HashData(bytes)));
    }

    /// <remarks>
    /// A Python implementation of the scrambling upon scipy's direction numbers, with unbounded integers and reversal of strings.
    /// </remarks>
    [Theory]
    [InlineData(0L, 0, 0UL, 0.7842852143803611)]
    [InlineData(0L, 1, 0UL, 0.5569602443138137)]
    [InlineData(1L, 0, 0UL, 0.35052054503466934)]
    [InlineData(5L, 3, 1UL, 0.2695966736646369)]
    [InlineData(1000L, 17, 42UL, 0.6011085711652413)]
    [InlineData(4294967295L, 1110, ulong.MaxValue, 0.22339714912232012)]
    [InlineData(123456789L, 500, 7UL, 0.21572515356820077)]
    public void ScrambledPointsNeverChange(long index, int dimension, ulong seed, double expected) =>
        Assert.Equal(expected, SobolSequence.Scrambled(index, dimension, seed));

    [Fact]
    public void WhatTheTableDoesNotHoldIsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("dimension", () => SobolSequence.Raw(0, -1));
        Assert.Throws<ArgumentOutOfRangeException>("dimension", () => SobolSequence.Raw(0, SobolSequence.MaxDimensions));
        Assert.Throws<ArgumentOutOfRangeException>("dimension", () => SobolSequence.Scrambled(0, SobolSequence.MaxDimensions, 0));
        Assert.Throws<ArgumentOutOfRangeException>("index", () => SobolSequence.Scrambled(-1, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>("index", () => SobolSequence.Scrambled(1L << 32, 0, 0));
    }
}
