using FsCheck.Fluent;
using HyperOpt.Numerics;
using HyperOpt.Tests.Support;
using Xunit;

namespace HyperOpt.Tests.Numerics;

public sealed class QuadraticBoxTests
{
    [Fact]
    public void WithoutProductsItIsTheMinimumOfEachAxis()
    {
        // 2 x² - 3 x, least at 0.75; y² + 4 y, least at -2; both within reach. The box ends at 0.5 and at -1.
        double[] hessian = [4, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0];
        double[] gradient = [-3, 4, 0, 0, 0, 0, 0, 0];
        Assert.Equal([0.5, -1], Minimum(hessian, gradient, 10, [-1, -1], [0.5, 1]));
        Assert.Equal([0.75, -1], Minimum(hessian, gradient, 10, [-1, -1], [1, 1]));
        Assert.Equal([0.75, -2], Minimum(hessian, gradient, 10, [-3, -3], [1, 1]));
    }

    [Fact]
    public void WhatIsHeldPullsOnTheRest()
    {
        // x² + x y + y² - 3 x - 3 y is least at (1, 1); with x held at 0.5, at y = 1.25.
        double[] hessian = [2, 1, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 0, 0];
        Assert.Equal([0.5, 1.25], Minimum(hessian, [-3, -3, 0, 0, 0, 0, 0, 0], 10, [-1, -1], [0.5, 2]));
    }

    [Fact]
    public void ItIsInTheBoxAndNoFreeAxisHasASlopeLeft() => Law.Holds(
        from count in Gen.Choose(1, 6)
        from seed in Gen.Choose(1, 1_000_000)
        select (count, seed: (ulong)seed),
        scene =>
        {
            var random = new Xoshiro256StarStar(scene.seed);
            var stride = RowProducts.Padded(scene.count);
            var (hessian, gradient) = (new double[scene.count * stride], new double[stride]);
            double[][] roots = [.. Enumerable.Range(0, scene.count).Select(_ => Enumerable.Range(0, stride).Select(j => j < scene.count ? random.NextDouble() - 0.5 : 0).ToArray())];
            for (var row = 0; row < scene.count; row++)
            {
                gradient[row] = random.NextDouble() - 0.5;
                for (var column = 0; column < scene.count; column++)
                {
                    hessian[row * stride + column] = RowProducts.Dot(roots[row], roots[column]) + (row == column ? 0.1 : 0);
                }
            }

            double[] lows = [.. Enumerable.Range(0, scene.count).Select(_ => -random.NextDouble())];
            double[] highs = [.. Enumerable.Range(0, scene.count).Select(_ => random.NextDouble())];
            var found = QuadraticBox.Minimum(hessian, gradient, 1e3, lows, highs)!;
            for (var row = 0; row < scene.count; row++)
            {
                Assert.InRange(found[row], lows[row], highs[row]);
                var slope = gradient[row] + RowProducts.Dot(hessian.AsSpan(row * stride, stride), found);
                Assert.True(Math.Abs(slope) < 1e-6 || found[row] == lows[row] || found[row] == highs[row], $"Axis {row} is free at {found[row]}, with a slope of {slope}.");
            }
        });

    private static double[] Minimum(double[] hessian, double[] gradient, double radius, double[] lows, double[] highs) =>
        [.. QuadraticBox.Minimum(hessian, gradient, radius, lows, highs)!.Take(lows.Length).Select(x => Math.Round(x, 8))];
}
