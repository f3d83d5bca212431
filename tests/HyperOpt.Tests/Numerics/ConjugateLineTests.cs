using HyperOpt.Numerics;
using Xunit;

namespace HyperOpt.Tests.Numerics;

/// <remarks>Golden values from numpy 1.24.2 and scipy 1.10.1: the posterior by matrices, and scipy.stats.t.cdf.</remarks>
public sealed class ConjugateLineTests
{
    private static readonly ConjugateLine.Prior Prior = new(0.7, 1, 0.5, 1.5, 0.015);

    [Theory]
    [InlineData(-2.5, 3, 0.04385332350403277)]
    [InlineData(0.7, 3, 0.7328365008476182)]
    [InlineData(1.3, 11.5, 0.8904733310336704)]
    [InlineData(-8, 4, 0.0006619484546085838)]
    [InlineData(double.PositiveInfinity, 3, 1)]
    [InlineData(double.NegativeInfinity, 3, 0)]
    public void StudentsDistributionIsScipys(double t, double degrees, double expected) =>
        Assert.Equal(expected, ConjugateLine.StudentCdf(t, degrees), 12);

    [Fact]
    public void ThePredictionIsThatOfThePosterior()
    {
        var line = new ConjugateLine([(-1, -0.5), (0.2, 0.1), (0.5, 0.6), (2, 1.1)], Prior);
        Assert.Equal(0.5926698450536353, line.Slope, 12);
        Assert.Equal(0.007310564456801637, line.Below(0.4, 1.5), 12);
    }

    [Fact]
    public void WithoutPointsItIsThePrior()
    {
        var line = new ConjugateLine([], Prior);
        Assert.Equal(0.7, line.Slope);
        Assert.Equal(0.5, line.Below(0.7, 1), 12);
    }
}
