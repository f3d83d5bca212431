using FsCheck.Fluent;
using HyperOpt.Samplers.GaussianProcess;
using HyperOpt.Tests.Support;
using Xunit;

namespace HyperOpt.Tests.Samplers.GaussianProcess;

public sealed class OutputWarpTests
{
    [Fact]
    public void WarpsKeepTheOrderAndStandardise()
    {
        var cases = from count in Gen.Choose(2, 30) from values in Gen.CollectToArray(Enumerable.Range(0, count), _ => Numbers.Signed(-5, 12)) select values;
        Law.Holds(cases, values =>
        {
            foreach (var warp in new[] { OutputWarp.Linear(values), OutputWarp.OneSided(values) })
            {
                double[] z = [.. values.Order().Select(warp.Of)];
                Assert.All(z, value => Assert.True(double.IsFinite(value)));
                Assert.Equal(z.Order(), z);
                Assert.Equal(0, z.Average(), 1e-6);
                Assert.True(values.Distinct().Count() == 1 || Math.Abs(z.Average(value => value * value) - 1) < 1e-6);
            }
        });
    }

    [Fact]
    public void OnlyTheBadSideIsBent()
    {
        var warp = OutputWarp.OneSided([0, 1, 2, 3, 1_000_000]);
        Assert.True(warp.IsOneSided);
        var unit = warp.Of(1) - warp.Of(0);
        Assert.Equal(unit, warp.Of(2) - warp.Of(1), 1e-12);

        // Median 2, bend 1: asinh(999,998) = 14.5.
        Assert.Equal(Math.Asinh(999_998), (warp.Of(1_000_000) - warp.Of(2)) / unit, 1e-9);
    }

    [Fact]
    public void TheSlopeIsThatOfDifferences()
    {
        double[] values = [0, 1, 2, 3, 7, 40];
        foreach (var warp in new[] { OutputWarp.Linear(values), OutputWarp.OneSided(values) })
        {
            foreach (var value in new[] { 0.5, 2.6, 5, 30 })
            {
                Assert.Equal(Math.Log((warp.Of(value + 1e-5) - warp.Of(value - 1e-5)) / 2e-5), warp.LogSlope(value), 1e-6);
            }
        }
    }

    [Fact]
    public void HugeAndEqualValuesAreNoTrouble()
    {
        foreach (var values in new double[][] { [double.MaxValue, double.MinValue, 0, 1, 2], [3, 3, 3, 3, 3], [1e-320, 2e-320, 3e-320, 4e-320], [1, 1, 1, 1, 5] })
        {
            foreach (var warp in new[] { OutputWarp.Linear(values), OutputWarp.OneSided(values), OutputWarp.Signed(values) })
            {
                Assert.All(values, value => Assert.True(double.IsFinite(warp.Of(value)) && double.IsFinite(warp.LogSlope(value)), $"{value}: {warp.Of(value)}"));
            }
        }
    }

    [Fact]
    public void AConstraintsLimitStaysZero()
    {
        var warp = OutputWarp.Signed([-3, 5, 100]);
        Assert.Equal(0, warp.Of(0));
        Assert.True(warp.Of(-1) < 0 && warp.Of(1) > 0);
    }
}
