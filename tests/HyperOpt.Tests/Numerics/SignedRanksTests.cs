using HyperOpt.Numerics;
using Xunit;

namespace HyperOpt.Tests.Numerics;

public sealed class SignedRanksTests
{
    /// <remarks>From scipy 1.10.1: scipy.stats.wilcoxon(d, alternative="greater", zero_method="zsplit").pvalue, exact up to 50 without ties.</remarks>
    [Theory]
    [InlineData(new[] { 1.0, 2, 3 }, 0.125)]
    [InlineData(new[] { -1.0, -2, -3 }, 1)]
    [InlineData(new[] { 0.3, -0.1, 0.7, 1.1, -0.2, 0.9 }, 0.078125)]
    [InlineData(new[] { 5.0, 4, -3, 2, 1, 6, -7, 8, 9, 10 }, 0.0419921875)]
    public void WithoutTiesItIsTheExactDistribution(double[] differences, double p) => Assert.Equal(p, SignedRanks.Greater(differences), 12);

    [Fact]
    public void WithTiesAndZerosItIsWhatTheSignsOfAllArrangementsGive()
    {
        double[][] cases = [[1, 1, 2, -1, 0, 3], [0, 0, 1], [0, 0], [2, -2, 2, -2, 1], [1, 1, 1, 1]];
        foreach (var differences in cases)
        {
            Assert.Equal(ByCounting(differences), SignedRanks.Greater(differences), 12);
        }
    }

    [Fact]
    public void BeyondFiftyItIsTheNormalApproximation()
    {
        double[] differences = [.. Enumerable.Range(1, 60).Select(i => i % 3 == 0 ? -i : (double)i)];
        Assert.Equal(0.017950061607939057, SignedRanks.Greater(differences), 9); // scipy 1.10.1, as above
    }

    private static double ByCounting(double[] differences)
    {
        double RankOf(double size) => differences.Count(other => Math.Abs(other) < size) + (differences.Count(other => Math.Abs(other) == size) + 1) / 2.0;
        double[] ranks = [.. differences.Where(each => each != 0).Select(each => RankOf(Math.Abs(each)))];
        var observed = differences.Where(each => each > 0).Sum(each => RankOf(each));
        var all = 1 << ranks.Length;
        return Enumerable.Range(0, all).Count(signs => ranks.Where((_, at) => (signs >> at & 1) == 1).Sum() >= observed) / (double)all;
    }
}
