using HyperOpt.Benchmarks.Quality.Reporting;
using Xunit;

namespace HyperOpt.Benchmarks.Tests.Quality;

public sealed class StatisticsTests
{
    // scipy 1.10: stats.wilcoxon(..., mode='exact').
    [Theory]
    [InlineData(0.037109375, new[] { 0.3, -0.1, 0.5, 0.8, -0.2, 0.45, 0.9, -0.05, 0.62, 0.11 })]
    [InlineData(0.02557373046875, new[] { 1.2, -3.4, 2.2, -0.7, 4.1, 5.0, -1.1, 2.8, 3.3, -0.2, 6.1, 7.7, -0.9, 1.9, 2.5 })]
    [InlineData(0.0625, new[] { 1.0, 2, 3, 4, 5 })]
    public void SignedRanksHaveTheProbabilityThatScipyGives(double expected, double[] differences) =>
        Assert.Equal(expected, Statistics.SignedRankProbability(differences), 12);

    // scipy's exact test knows no ties: all 2^10 signs of stats.rankdata's mean ranks were counted instead.
    [Fact]
    public void SignedRanksAreExactWithTiesAndWithoutZeros() =>
        Assert.Equal(0.21484375, Statistics.SignedRankProbability([1, 1, -1, 2, 2, 3, -3, 0, 0, 4, 5, -2]), 12);

    [Fact]
    public void NothingToRankIsNoEvidence() => Assert.Equal(1, Statistics.SignedRankProbability([0, 0]));

    // scipy: binom.cdf(9, 30, 0.5) = 0.0214 and cdf(10) = 0.0494; cdf(0, 6) = 0.0156; cdf(0, 5) = 0.031, so five values have no such interval.
    [Theory]
    [InlineData(30, 10, 21)]
    [InlineData(10, 2, 9)]
    [InlineData(6, 1, 6)]
    [InlineData(5, 1, 5)]
    public void TheIntervalOfAMedianIsBetweenTwoOfTheValues(int count, int low, int high) =>
        Assert.Equal((low, high), Statistics.MedianInterval([.. Enumerable.Range(1, count).Select(i => (double)i)]));

    [Fact]
    public void TheIntervalOfNothingIsNothing() => Assert.Equal((double.NaN, double.NaN), Statistics.MedianInterval([]));

    [Theory]
    [InlineData(2, new[] { 3.0, 1, 2 })]
    [InlineData(2.5, new[] { 4.0, 1, 2, 3 })]
    public void TheMedianIsInTheMiddle(double expected, double[] values) => Assert.Equal(expected, Statistics.Median(values));

    // scipy: 1 - mannwhitneyu(...).statistic / 20.
    [Fact]
    public void SuperiorityCountsPairs() => Assert.Equal(0.75, Statistics.Superiority([1, 2, 3, 4.5], [2, 2.5, 4.5, 7, 8]));

    // Holm's step-down by hand: 0.01 · 4, 0.02 · 3, 0.03 · 2 and 0.04 · 1, none below the one before.
    [Fact]
    public void HolmsCorrectionIsMonotone()
    {
        double[] expected = [0.06, 0.04, 0.06, 0.06];
        var corrected = Statistics.Holm([0.03, 0.01, 0.04, 0.02]);
        Assert.All(expected.Zip(corrected), pair => Assert.Equal(pair.First, pair.Second, 12));
    }
}
