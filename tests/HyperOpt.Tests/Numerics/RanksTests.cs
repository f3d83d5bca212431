using HyperOpt.Numerics;
using Xunit;

namespace HyperOpt.Tests.Numerics;

public sealed class RanksTests
{
    [Fact]
    public void EqualNumbersShareTheirMeanRank() =>
        Assert.Equal([8, 3, 3, 14, 8, 8, 12], Ranks.Doubled([2, -1, -1, double.PositiveInfinity, 2, 2, 5]));

    [Fact]
    public void ThePlacesAreThoseOfAStableSort()
    {
        var random = new Xoshiro256StarStar(1);
        for (var count = 0; count < 70; count++)
        {
            double[] values = [.. Enumerable.Range(0, count).Select(_ => random.Next(12) switch { 0 => double.PositiveInfinity, 1 => double.NegativeInfinity, 2 => -0.0, var whole => whole - 3.0 })];
            var places = Ranks.Ordinal(values);
            Assert.Equal(Enumerable.Range(0, count).OrderBy(at => values[at]), Enumerable.Range(0, count).OrderBy(at => places[at]));
            Assert.Equal(Enumerable.Range(0, count), places.Order());
        }
    }

    // Expected: scipy 1.10.1, stats.spearmanr.
    [Theory]
    [InlineData(new double[] { 1, 2, 2, 4, 7, 7, 7, -3 }, new[] { 0.5, 0.1, 3, 3, 9, 2, 2, -1 }, 0.6522871628049347)]
    [InlineData(new double[] { 3, 1, 4, 1, 5, 9, 2, 6 }, new double[] { 2, 7, 1, 8, 2, 8, 1, 8 }, 0.19885368120992467)]
    [InlineData(new double[] { 1, 2, 3 }, new double[] { 10, 20, 1e300 }, 1)]
    [InlineData(new double[] { 1, 2, 3 }, new double[] { 4, 4, 4 }, 0)]
    [InlineData(new double[0], new double[0], 0)]
    public void TheCorrelationIsSpearmans(double[] one, double[] other, double expected)
    {
        Assert.Equal(expected, Ranks.Correlation(one, other), 1e-12);
        Assert.Equal(expected, Ranks.Correlation(other, one), 1e-12);
    }
}
