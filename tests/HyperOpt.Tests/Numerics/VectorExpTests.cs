using System.Runtime.Intrinsics;
using HyperOpt.Numerics;
using Xunit;

namespace HyperOpt.Tests.Numerics;

public sealed class VectorExpTests
{
    [Fact]
    public void EachLaneIsTheExponentialToAFewUlps()
    {
        var chance = new Xoshiro256StarStar(1);
        for (var i = 0; i < 20_000; i++)
        {
            var x = -707 + 1414 * chance.NextDouble();
            var actual = VectorExp.Exp(Vector512.Create(x))[i % 8];
            Assert.Equal(1, actual / Math.Exp(x), 1e-15);
        }
    }

    [Fact]
    public void SmallArgumentsAreExactEnough()
    {
        foreach (var x in new[] { 0, 1e-300, -1e-17, 1e-10, -0.34657359, 0.34657360, 1, -1, Math.Log(2) })
        {
            Assert.Equal(Math.Exp(x), VectorExp.Exp(Vector512.Create(x))[0], 4e-16 * Math.Exp(x));
        }
    }

    [Fact]
    public void BeyondItsRangeItStaysFinite()
    {
        Assert.True(VectorExp.Exp(Vector512.Create(-1e9))[3] is > 0 and < 1e-300);
        Assert.True(VectorExp.Exp(Vector512.Create(1e9))[3] is > 1e300 and < double.PositiveInfinity);
    }
}
