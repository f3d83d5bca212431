using HyperOpt.Numerics;
using Xunit;

namespace HyperOpt.Tests.Numerics;

public sealed class NoisySurfaceTests
{
    [Fact]
    public void TheMeanAloneIsTheSameAndItsSlopesAreThoseOfDifferences()
    {
        var random = new Xoshiro256StarStar(4);
        double[][] points = [.. Enumerable.Range(0, 15).Select(at => new[] { random.NextDouble(), at % 3 == 0 ? double.NaN : random.NextDouble(), at % 2 })];
        var surface = new NoisySurface(points, [.. points.Select(point => point[0] * point[0] + (double.IsNaN(point[1]) ? 1 : point[1]) + point[2])], [true, true, false]);
        double[] at = [0.3, 0.6, 1];
        var gradient = new double[2];
        Assert.Equal(surface.At(at).Mean, surface.MeanAt(at, [0, 1], gradient), 1e-12);
        for (var axis = 0; axis < 2; axis++)
        {
            double Moved(double by) => surface.MeanAt([.. at.Select((unit, other) => other == axis ? unit + by : unit)], [], []);
            Assert.Equal((Moved(1e-5) - Moved(-1e-5)) / 2e-5, gradient[axis], 1e-6);
        }
    }

    /// <remarks>Expected: NumPy 1.24.2, the textbook's formulas with a dense solve, for each length and share of noise; the likeliest of them.</remarks>
    [Fact]
    public void BeliefsAreThoseOfTheTextbook()
    {
        var surface = new NoisySurface([[0.1], [0.25], [0.3], [0.55], [0.8], [0.95]], [0.31, 0.1, 0.02, 0.11, 0.45, 0.77], [true]);
        var (mean, deviation) = surface.At([0.4]);
        Assert.Equal(-0.024019287239016807, mean, 1e-9);
        Assert.Equal(0.057053171609210744, deviation, 1e-9);
        Assert.Equal(8.091660074676336e-08, surface.NoiseVariance, 1e-9);
    }
}
