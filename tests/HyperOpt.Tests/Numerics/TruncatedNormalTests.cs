using HyperOpt.Numerics;
using Xunit;

namespace HyperOpt.Tests.Numerics;

public sealed class TruncatedNormalTests
{
    // scipy 1.10.1: scipy.stats.truncnorm.ppf(p, low, high)
    [Theory]
    [InlineData(-1, 2, 0.3, -0.24240381788922707)]
    [InlineData(3, 4, 0.5, 3.1984741317619534)]
    [InlineData(-9, -8, 0.25, -8.168898708564894)]
    [InlineData(10, double.PositiveInfinity, 0.9, 10.2255268112022)]
    [InlineData(double.NegativeInfinity, double.PositiveInfinity, 0.2, -0.8416212335729142)]
    [InlineData(double.NegativeInfinity, -37, 0.5, -37.018715326832194)]
    public void QuantilesAreThoseOfScipy(double low, double high, double p, double expected) => Assert.Equal(expected, Normal.Truncated(low, high, p), 1e-9);

    [Theory]
    [InlineData(-60, -50)]
    [InlineData(50, 60)]
    [InlineData(2, 2)]
    public void WhereThereIsNoMassTheAnswerLiesWithinTheBounds(double low, double high) => Assert.InRange(Normal.Truncated(low, high, 0.5), low, high);
}
