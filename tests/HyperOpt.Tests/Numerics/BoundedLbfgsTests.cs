using FsCheck.Fluent;
using HyperOpt.Numerics;
using HyperOpt.Tests.Support;
using Xunit;

namespace HyperOpt.Tests.Numerics;

/// <summary>Golden values: scipy.optimize.minimize 1.10.1, method L-BFGS-B, ftol 1e-15, gtol 1e-12.</summary>
public sealed class BoundedLbfgsTests
{
    [Fact]
    public void ItFindsTheMinimumOfRosenbrocksValley()
    {
        var (point, value) = Search(5, -2, 2, 400).Minimize(Rosenbrock, [-1.2, 1, -1.2, 1, -1.2]);
        Assert.All(point, x => Assert.Equal(1, x, 1e-5));
        Assert.Equal(0, value, 1e-10);
    }

    [Fact]
    public void BoundsHoldItWhereTheyHoldScipy()
    {
        var (point, value) = Search(5, -2, 0.6, 400).Minimize(Rosenbrock, [0, 0, 0, 0, 0]);
        double[] expected = ScipyPoint;
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(expected[i], point[i], 1e-6);
        }

        Assert.Equal(ScipyValue, value, 1e-9);
    }

    [Fact]
    public void OfAConvexFunctionItFindsWhereNoFeasibleStepGoesDown()
    {
        var cases =
            from size in Gen.Choose(1, 8)
            from numbers in Gen.CollectToArray(Enumerable.Range(0, size * (size + 3)), _ => Gen.Choose(-1000, 1000))
            select (size, numbers);
        Law.Holds(cases, scene =>
        {
            var (size, numbers) = scene;
            double At(int i) => numbers[i] / 500.0;
            double Quadratic(ReadOnlySpan<double> x, Span<double> gradient)
            {
                // ½ |A (x - c)|² + ½ 0.1 |x - c|²
                gradient.Clear();
                var value = 0.0;
                for (var i = 0; i < size; i++)
                {
                    var row = 0.0;
                    for (var j = 0; j < size; j++)
                    {
                        row += At(i * size + j) * (x[j] - At(size * size + j));
                    }

                    for (var j = 0; j < size; j++)
                    {
                        gradient[j] += At(i * size + j) * row;
                    }

                    var own = x[i] - At(size * size + i);
                    gradient[i] += 0.1 * own;
                    value += 0.5 * row * row + 0.05 * own * own;
                }

                return value;
            }

            var (lower, upper, start) = (new double[size], new double[size], new double[size]);
            for (var i = 0; i < size; i++)
            {
                lower[i] = Math.Min(At(size * (size + 1) + i), At(size * (size + 2) + i));
                upper[i] = Math.Max(At(size * (size + 1) + i), At(size * (size + 2) + i));
                start[i] = 0.5 * (lower[i] + upper[i]);
            }

            var search = new BoundedLbfgs(lower, upper) { MaxEvaluations = 2000, GradientTolerance = 1e-8, ValueTolerance = 0 };
            var (point, value) = search.Minimize(Quadratic, start);
            var gradient = new double[size];
            Assert.Equal(value, Quadratic(point, gradient));
            for (var i = 0; i < size; i++)
            {
                Assert.InRange(point[i], lower[i], upper[i]);
                Assert.Equal(point[i], Math.Clamp(point[i] - gradient[i], lower[i], upper[i]), 1e-5);
            }
        });
    }

    [Fact]
    public void WhereTheFunctionIsNotDefinedItDoesNotGo()
    {
        // ln x, undefined at 0 and below, falls towards it.
        var search = new BoundedLbfgs([-1], [5]) { MaxEvaluations = 50 };
        var (point, value) = search.Minimize(
            (x, gradient) =>
            {
                gradient[0] = x[0] > 0.5 ? 1 / x[0] : double.NaN;
                return x[0] > 0.5 ? Math.Log(x[0]) : double.PositiveInfinity;
            },
            [3]);
        Assert.InRange(point[0], 0.5, 3);
        Assert.True(value < Math.Log(3));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(40)]
    public void ItEvaluatesAsOftenAsItMayAndNoMore(int most)
    {
        var count = 0;
        Search(5, -2, 2, most).Minimize((x, gradient) => (count++, Rosenbrock(x, gradient)).Item2, [-1.2, 1, -1.2, 1, -1.2]);
        Assert.Equal(most, count);
    }

    [Fact]
    public void WhereItCannotBeginItStays()
    {
        var (point, value) = Search(1, 0, 1, 10).Minimize((_, _) => double.NaN, [0.3]);
        Assert.Equal(0.3, point[0]);
        Assert.True(double.IsNaN(value));
    }

    private static readonly double[] ScipyPoint = [0.6, 0.37481225123207723, 0.15190377268291144, 0.03274728332212748, 0.001072384565065441];
    private const double ScipyValue = 2.250041416712697;

    private static BoundedLbfgs Search(int size, double low, double high, int evaluations) =>
        new([.. Enumerable.Repeat(low, size)], [.. Enumerable.Repeat(high, size)]) { MaxEvaluations = evaluations, GradientTolerance = 1e-9, ValueTolerance = 0 };

    private static double Rosenbrock(ReadOnlySpan<double> x, Span<double> gradient)
    {
        gradient.Clear();
        var value = 0.0;
        for (var i = 0; i + 1 < x.Length; i++)
        {
            var (bend, off) = (x[i + 1] - x[i] * x[i], 1 - x[i]);
            value += 100 * bend * bend + off * off;
            gradient[i] += -400 * x[i] * bend - 2 * off;
            gradient[i + 1] += 200 * bend;
        }

        return value;
    }
}
