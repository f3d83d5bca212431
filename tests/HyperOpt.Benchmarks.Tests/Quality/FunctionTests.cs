using HyperOpt.Benchmarks.Quality.Suite;
using Xunit;

namespace HyperOpt.Benchmarks.Tests.Quality;

public sealed class FunctionTests
{
    public static TheoryData<string> Names => [.. Functions.Keys];

    private static Dictionary<string, Func<double[], double>> Functions { get; } = new()
    {
        ["sphere"] = Centred.Sphere,
        ["ellipsoid"] = Centred.Ellipsoid,
        ["rosenbrock"] = Centred.Rosenbrock,
        ["rastrigin"] = Centred.Rastrigin,
        ["ackley"] = Centred.Ackley,
        ["levy"] = Centred.Levy,
        ["griewank"] = Centred.Griewank,
        ["tang"] = Centred.StyblinskiTang,
        ["roots"] = Centred.Roots,
        ["camel"] = Centred.Camel,
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void TheMinimumIsZeroAtTheOriginAndNowhereAround(string name)
    {
        var function = Functions[name];
        Assert.InRange(Math.Abs(function(new double[4])), 0, 1e-12);
        for (var axis = 0; axis < (name == "camel" ? 2 : 4); axis++)
        {
            foreach (var step in new[] { -4, -1, -0.5, -1e-3, 1e-3, 0.3, 1, 2.7, 4 })
            {
                var z = new double[4];
                z[axis] = step;
                Assert.True(function(z) > 1e-8, $"{name} is {function(z)} at {step} on axis {axis}");
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ALandscapeHasItsMinimumAtItsOptimumNeitherCentralNorInACorner(bool isRotated)
    {
        var landscape = new Landscape("a test", 6, Centred.Ellipsoid, isRotated);
        Assert.Equal(0, landscape.At([.. landscape.Optimum]));
        Assert.All(landscape.Optimum, x => Assert.InRange(Math.Abs(x), 0.75, 3.5));
    }

    [Fact]
    public void ATurnKeepsDistances()
    {
        var landscape = new Landscape("a test", 7, Centred.Sphere, isRotated: true);
        double[] moved = [.. landscape.Optimum.Select((x, i) => x + i)];
        Assert.Equal(1 + 4 + 9 + 16 + 25 + 36, landscape.At(moved), 10);
    }

    // Minima by scipy 1.10: minimize from 50 random points, then Nelder and Mead's method; the constants were written down a second time for it.
    [Fact]
    public void HartmannsFunctionsHaveTheMinimaThatScipyFinds()
    {
        Assert.Equal(-3.862782147820756, HartmannFunction.Three.At([0.11461433460316542, 0.5556488498614471, 0.8525469530163354]), 12);
        Assert.Equal(-3.322368011415515, HartmannFunction.Six.At(
            [0.20168951343677172, 0.15001069023197575, 0.47687397224267014, 0.2753324322504773, 0.31165161713130796, 0.6573005327127398]), 12);
    }

    // The design and its cost as published: Yang et al. 2013, arXiv:1308.6774, where the constraints are active up to rounding.
    [Fact]
    public void ThePressureVesselCostsWhatWasPublished() =>
        Assert.Equal(6059.714, PressureVessel.Cost(0.8125, 0.4375, 42.0984456, 176.6365958), 0.1);

    // Areas of f2 = 1 - sqrt(f1) and of 1 - f1² below (1.1, 6): integrals by hand.
    [Fact]
    public void AreasAreThoseOfTheIntegrals()
    {
        Assert.Equal(5 + 2.0 / 3 + 0.6, Front.Area(x => 1 - Math.Sqrt(x), 0, 1, [1.1, 6]), 8);
        Assert.Equal(5 + 1.0 / 3 + 0.6, Front.Area(x => 1 - x * x, 0, 1, [1.1, 6]), 8);
    }

    // numpy 1.24: the trapezoids of minimum.accumulate over 20,000,001 points, and over 4,001 × 4,001.
    [Fact]
    public void FrontsInPiecesHaveTheVolumesThatNumpyGives()
    {
        Assert.Equal(6.7217629, ProblemSuite.Public.Single(problem => problem.Name == "zdt3-6").Best, 6);
        Assert.Equal(18.9158949, ProblemSuite.Public.Single(problem => problem.Name == "dtlz7-5").Best, 4);
    }
}
