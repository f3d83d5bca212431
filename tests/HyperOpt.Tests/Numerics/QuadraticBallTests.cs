using FsCheck.Fluent;
using HyperOpt.Numerics;
using HyperOpt.Tests.Support;
using Xunit;

namespace HyperOpt.Tests.Numerics;

public sealed class QuadraticBallTests
{
    [Fact]
    public void NoPointOfTheBallIsLower() => Law.Holds(
        from count in Gen.Choose(1, 6)
        from seed in Gen.Choose(1, 1_000_000)
        from radius in Gen.Elements(0.01, 1.0, 100.0)
        select (count, seed: (ulong)seed, radius),
        scene =>
        {
            var random = new Xoshiro256StarStar(scene.seed);
            var stride = RowProducts.Padded(scene.count);
            var (hessian, gradient) = (new double[scene.count * stride], new double[stride]);
            for (var row = 0; row < scene.count; row++)
            {
                gradient[row] = random.NextDouble() - 0.5;
                for (var column = 0; column <= row; column++)
                {
                    hessian[row * stride + column] = hessian[column * stride + row] = random.NextDouble() - 0.5;
                }
            }

            var found = QuadraticBall.Minimum(hessian, gradient, scene.count, scene.radius, 0)!;
            Assert.InRange(Math.Sqrt(RowProducts.Dot(found, found)), 0, scene.radius * (1 + 1e-9));
            var least = ValueAt(hessian, gradient, found, scene.count);
            for (var probe = 0; probe < 300; probe++)
            {
                double[] direction = [.. Enumerable.Range(0, stride).Select(j => j < scene.count ? Normal.Quantile(random.NextDouble()) : 0)];
                var length = scene.radius * (probe % 2 == 0 ? 1 : random.NextDouble()) / Math.Sqrt(RowProducts.Dot(direction, direction));
                Assert.True(ValueAt(hessian, gradient, [.. direction.Select(part => length * part)], scene.count) >= least - 1e-9 * (1 + Math.Abs(least)));
            }
        });

    [Fact]
    public void InsideTheBallItIsNewtonsPoint()
    {
        // H = [[2, 1], [1, 3]], g = (-3, -4): H x = -g at (1, 1).
        double[] hessian = [2, 1, 0, 0, 0, 0, 0, 0, 1, 3, 0, 0, 0, 0, 0, 0];
        var found = QuadraticBall.Minimum(hessian, [-3, -4, 0, 0, 0, 0, 0, 0], 2, 10, 0)!;
        Assert.Equal(1, found[0], 1e-9);
        Assert.Equal(1, found[1], 1e-9);
    }

    [Fact]
    public void ADirectionWithoutASlopeToSpeakOfIsNotFollowed()
    {
        double[] hessian = [2, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0];
        Assert.Equal([-0.5, 0], QuadraticBall.Minimum(hessian, [1, 0.01, 0, 0, 0, 0, 0, 0], 2, 10, 0.1)![..2].Select(part => Math.Round(part, 9)));
    }

    private static double ValueAt(double[] hessian, double[] gradient, double[] x, int count)
    {
        var value = RowProducts.Dot(gradient, x);
        for (var row = 0; row < count; row++)
        {
            value += 0.5 * x[row] * RowProducts.Dot(hessian.AsSpan(row * x.Length, x.Length), x);
        }

        return value;
    }
}
