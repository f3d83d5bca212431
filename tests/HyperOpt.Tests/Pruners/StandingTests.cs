using HyperOpt.Pruners;
using Xunit;
using static HyperOpt.Tests.Contracts.PrunerCases;

namespace HyperOpt.Tests.Pruners;

public class StandingTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(12.5)]
    [InlineData(25)]
    [InlineData(50)]
    [InlineData(87.5)]
    [InlineData(100)]
    public void ItTellsTheSideOfThePercentileThatSortingGives(double percentile)
    {
        for (var at = 0; at < 2_000; at++)
        {
            var others = Enumerable.Range(0, 1 + at % 17).Select(i => Math.Floor(8 * Uniform(1, at * 20 + i))).ToArray(); // many ties
            var loss = Math.Floor(16 * Uniform(2, at)) / 2;
            Assert.Equal(loss > Sorted(others, percentile), Of(loss, others).IsAbove(percentile));
        }
    }

    [Fact]
    public void AmongNoOthersNothingIsAbove() => Assert.False(Of(1, [double.NaN]).IsAbove(0));

    [Fact]
    public void AWholeRankIsMetExactly()
    {
        double[] others = [.. Enumerable.Range(0, 101).Select(i => (double)i)];
        Assert.All(Enumerable.Range(0, 101), rank =>
        {
            Assert.False(Of(rank, others).IsAbove(rank));
            Assert.True(Of(Math.BitIncrement((double)rank), others).IsAbove(rank));
        });
    }

    [Theory]
    [InlineData(1, double.PositiveInfinity, 50, 1e300, false)]
    [InlineData(1, double.PositiveInfinity, 50, double.PositiveInfinity, false)]
    [InlineData(1, double.PositiveInfinity, 0, 2, true)]
    [InlineData(double.NegativeInfinity, 1, 50, -1e300, true)]
    [InlineData(double.NegativeInfinity, 1, 25, -1e300, true)]
    [InlineData(double.NegativeInfinity, double.PositiveInfinity, 50, 0, false)]
    [InlineData(double.NegativeInfinity, double.NegativeInfinity, 50, 0, true)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity, 50, 0, false)]
    public void BetweenANumberAndAnInfinityLiesTheInfinity(double one, double other, double percentile, double loss, bool isAbove) =>
        Assert.Equal(isAbove, Of(loss, [one, other]).IsAbove(percentile));

    private static Standing Of(double loss, double[] others)
    {
        var standing = new Standing(loss);
        foreach (var other in others)
        {
            standing.Meet(other);
        }

        return standing;
    }

    private static double Sorted(double[] others, double percentile)
    {
        double[] sorted = [.. others.Order()];
        var rank = percentile * (sorted.Length - 1) / 100;
        var below = (int)Math.Floor(rank);
        var above = (int)Math.Ceiling(rank);
        return sorted[below] + (sorted[above] - sorted[below]) * (rank - below);
    }
}
