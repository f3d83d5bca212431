using System.Reflection;
using HyperOpt.Numerics;
using Xunit;

namespace HyperOpt.Tests.Numerics;

/// <remarks>
/// Golden values: a Python implementation of xoshiro256** and SplitMix64 with unbounded integers, itself checked against the values
/// published with the reference code (state {1, 2, 3, 4}: 11520, 0, 1509978240, ...; SplitMix64 of 1234567: 6457827717110365317, ...).
/// </remarks>
public class Xoshiro256StarStarTests
{
    [Theory]
    [InlineData(0UL, new[] { 11091344671253066420UL, 13793997310169335082UL, 1900383378846508768UL, 7684712102626143532UL })]
    [InlineData(1UL, new[] { 12966619160104079557UL, 9600361134598540522UL, 10590380919521690900UL, 7218738570589545383UL })]
    [InlineData(42UL, new[] { 1546998764402558742UL, 6990951692964543102UL, 12544586762248559009UL, 17057574109182124193UL })]
    [InlineData(ulong.MaxValue, new[] { 10328197420357168392UL, 14156678507024973869UL, 9357971779955476126UL, 13791585006304312367UL })]
    public void TheOutputsEqualTheReference(ulong seed, ulong[] expected)
    {
        var random = new Xoshiro256StarStar(seed);
        Assert.Equal(expected, expected.Select(_ => random.NextUInt64()));
    }

    [Fact]
    public void BoundedIntegersTakeTheUpperBitsAndRejectTheFewThatWouldBias()
    {
        const int quarters = 3 << 29;
        Assert.Equal([0, 3, 6, 9, 9, 7, 7, 8, 7, 5, 6, 2], Draw(12, random => random.Next(10)));
        Assert.Equal(
            [270141538, 1220780836, 2190573157, 2978644469, 3194824031, 2479504356, 2316894051, 2738068850],
            Draw(8, random => random.Next(-quarters, quarters) + (long)quarters));
        Assert.Equal(
            [83862971059882261, 378980250662668639, 680043411028139388, 924692945325387602],
            Draw(4, random => random.NextInt64(1_000_000_000_000_000_000)));
    }

    [Fact]
    public void LongIntegersOverThreeQuartersOfTheirRangeEqualTheReference()
    {
        const long quarters = 3L << 61;
        Assert.Equal(
            [1160249073301919056, 5243213769723407326, 9408440071686419256, 12793180581886593144, 9950984181700650565],
            Draw(5, random => (ulong)(random.NextInt64(-quarters, quarters) + quarters)));
    }

    [Fact]
    public void DoublesHave53BitsAndSinglesHave24()
    {
        Assert.Equal([0.08386297105988216, 0.3789802506626686, 0.6800434110281394], Draw(3, random => random.NextDouble()));
        Assert.Equal([0.08386296033859253f, 0.37898021936416626f, 0.6800433993339539f], Draw(3, random => random.NextSingle()));
    }

    [Fact]
    public void BytesAreTheOutputsLowByteFirst()
    {
        var array = new byte[13];
        new Xoshiro256StarStar(42).NextBytes(array);
        Assert.Equal("16C72E0C2E0B78157E3A116D86", Convert.ToHexString(array));

        Span<byte> span = stackalloc byte[13];
        new Xoshiro256StarStar(42).NextBytes(span);
        Assert.Equal("16C72E0C2E0B78157E3A116D86", Convert.ToHexString(span));
    }

    [Fact]
    public void NothingFallsThroughToTheBaseClass()
    {
        const BindingFlags instance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        var inherited = typeof(Xoshiro256StarStar).GetMethods(instance)
            .Where(method => method.IsVirtual && method.DeclaringType == typeof(Random));
        Assert.Empty(inherited);
    }

    private static T[] Draw<T>(int count, Func<Xoshiro256StarStar, T> next)
    {
        var random = new Xoshiro256StarStar(42);
        return Enumerable.Range(0, count).Select(_ => next(random)).ToArray();
    }
}
