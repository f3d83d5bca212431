using Xunit;

namespace HyperOpt.Tests.Numerics;

/// <summary>Pearson's test of uniformity, at odds of a false failure of 1 in 1e9.</summary>
internal static class ChiSquared
{
    private const double Deviations = 6;

    public static void AssertUniform(ReadOnlySpan<int> counts)
    {
        var total = 0L;
        foreach (var count in counts)
            total += count;
        var expected = (double)total / counts.Length;
        var statistic = 0.0;
        foreach (var count in counts)
            statistic += (count - expected) * (count - expected) / expected;
        Assert.True(expected >= 5, $"The test needs five expected hits a cell, but has {expected}.");
        Assert.InRange(statistic, 0, Bound(counts.Length - 1));
    }

    /// <summary>The quantile at six standard deviations: Wilson and Hilferty (1931), DOI 10.1073/pnas.17.12.684.</summary>
    private static double Bound(int degrees)
    {
        var variance = 2.0 / (9 * degrees);
        return degrees * Math.Pow(1 - variance + Deviations * Math.Sqrt(variance), 3);
    }
}
