using HyperOpt.Numerics;
using Xunit;

namespace HyperOpt.Tests.Numerics;

/// <summary>Golden values: scipy.special 1.10.1 (ndtr, log_ndtr, ndtri; Cephes), printed with repr, /usr/bin/python3.</summary>
public sealed class NormalTests
{
    public static TheoryData<double, double, double> Masses() => new()
    {
        { -100, 0, -5005.524208694205 },
        { -38.5, 0, -745.6952702904113 },
        { -30, 4.906713927147908e-198, -454.32124395634327 },
        { -14, 7.7935368191928e-45, -101.56303440744996 },
        { -8, 6.22096057427174e-16, -35.01343715991456 },
        { -5.7, 5.99037140106353e-09, -18.933112423224742 },
        { -5, 2.866515718791933e-07, -15.064998393988727 },
        { -3, 0.0013498980316300933, -6.60772622151035 },
        { -1.5, 0.06680720126885807, -2.7059444008238898 },
        { -0.7, 0.24196365222307303, -1.4189677615315315 },
        { -0.66, 0.25462691467133614, -1.367955884890199 },
        { -0.3, 0.3820885778110474, -0.9621028181688499 },
        { 0, 0.5, -0.6931471805599453 },
        { 0.3, 0.6179114221889526, -0.4814101615884816 },
        { 0.7, 0.758036347776927, -0.2770239422771313 },
        { 3, 0.9986501019683699, -0.001350809964748193 },
        { 6.5, 0.99999999995984, -4.016000583939729e-11 },
        { 20, 1, -2.7536241186061556e-89 },
    };

    public static TheoryData<double, double> Quantiles() => new()
    {
        { 1e-300, -37.0470962993612 },
        { 1e-100, -21.273453560965322 },
        { 1e-20, -9.262340089798409 },
        { 1e-10, -6.361340902404056 },
        { 0.01, -2.3263478740408408 },
        { 0.07, -1.4757910281791706 },
        { 0.075, -1.4395314709384563 },
        { 0.3, -0.5244005127080409 },
        { 0.5, 0 },
        { 0.925, 1.4395314709384563 },
        { 0.99, 2.3263478740408408 },
        { 0.9999999999, 6.361340889697422 },
    };

    [Theory]
    [MemberData(nameof(Masses))]
    public void TheMassBelowEqualsScipys(double x, double mass, double logMass)
    {
        AssertRelative(mass, Normal.Cdf(x), 1e-13);
        AssertRelative(logMass, Normal.LogCdf(x), 1e-13);
    }

    [Theory]
    [MemberData(nameof(Quantiles))]
    public void TheQuantileEqualsScipys(double p, double x) => AssertRelative(x, Normal.Quantile(p), 1e-13);

    [Fact]
    public void QuantileAndMassUndoEachOther()
    {
        for (var x = -8.0; x <= 5; x += 0.01)
        {
            Assert.Equal(x, Normal.Quantile(Normal.Cdf(x)), 1e-9);
        }
    }

    [Theory]
    [InlineData(-1, 2)]
    [InlineData(5, 6)]
    [InlineData(-6, -5)]
    [InlineData(30, 31)]
    [InlineData(-0.001, 0.001)]
    [InlineData(3, 3.0001)]
    public void TheMassBetweenIsThatOfTheMirroredInterval(double low, double high) =>
        AssertRelative(Normal.LogMass(low, high), Normal.LogMass(-high, -low), 1e-12);

    [Fact]
    public void TheMassBetweenKeepsItsDigitsInTheTail()
    {
        // scipy: log_ndtr(-30) + log1p(-exp(log_ndtr(-31) - log_ndtr(-30))), in mpmath to 30 digits -454.321243956343274...
        Assert.Equal(Normal.LogCdf(-30) + Math.Log(1 - Math.Exp(Normal.LogCdf(-31) - Normal.LogCdf(-30))), Normal.LogMass(30, 31), 1e-10);
        Assert.Equal(double.NegativeInfinity, Normal.LogMass(2, 2));
    }

    [Fact]
    public void NeighbouringIntervalsAddUp()
    {
        for (var x = -9.0; x < 9; x += 0.25)
        {
            var sum = Math.Exp(Normal.LogMass(x, x + 0.1)) + Math.Exp(Normal.LogMass(x + 0.1, x + 0.25));
            AssertRelative(Math.Exp(Normal.LogMass(x, x + 0.25)), sum, 1e-12);
        }
    }

    private static void AssertRelative(double expected, double actual, double tolerance) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance * Math.Max(Math.Abs(expected), 1e-300), $"expected {expected:R}, got {actual:R}");

    [Fact]
    public void ManyQuantilesAreThoseOfOneAtATime()
    {
        double[] probabilities = [0, 1, double.Epsilon, 1e-300, 1e-20, 1 - 1e-16, 0.075, 0.925, .. Enumerable.Range(1, 2000).Select(i => i / 2001.0)];
        double[] expected = [.. probabilities.Select(Normal.Quantile)];
        Normal.Quantiles(probabilities);
        Assert.Equal(expected, probabilities);
    }
}
