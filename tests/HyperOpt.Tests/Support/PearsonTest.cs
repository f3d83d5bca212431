using Xunit;

namespace HyperOpt.Tests.Support;

/// <summary>
/// Pearson's chi-squared test of counts against expected shares, with the bound at six standard deviations:
/// on fresh random numbers it would fail by chance once in 1e9 runs; on the fixed seeds of the tests it does not.
/// </summary>
internal static class PearsonTest
{
    private const double Deviations = 6;

    public static void AssertFits(IReadOnlyList<int> counts, IReadOnlyList<double> shares)
    {
        double total = counts.Sum();
        Assert.All(shares, share => Assert.True(share * total >= 5, $"The test needs five expected hits a cell, but one has {share * total}."));
        var statistic = counts.Zip(shares, (count, share) => Math.Pow(count - share * total, 2) / (share * total)).Sum();
        Assert.True(statistic < Bound(counts.Count - 1), $"chi-squared = {statistic}, counts: {string.Join(", ", counts)}");
    }

    public static void AssertUniform(IReadOnlyList<int> counts) =>
        AssertFits(counts, [.. counts.Select(_ => 1.0 / counts.Count)]);

    /// <summary>The quantile, by Wilson and Hilferty 1931, DOI 10.1073/pnas.17.12.684.</summary>
    private static double Bound(int degrees)
    {
        var variance = 2.0 / (9 * degrees);
        return degrees * Math.Pow(1 - variance + Deviations * Math.Sqrt(variance), 3);
    }
}
