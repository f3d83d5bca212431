using FsCheck;
using FsCheck.Fluent;
using HyperOpt.Numerics;
using HyperOpt.Samplers.GaussianProcess;
using HyperOpt.Spaces;
using HyperOpt.Tests.Contracts;
using HyperOpt.Tests.Support;
using Xunit;

namespace HyperOpt.Tests.Samplers.GaussianProcess;

public sealed class ModelTests
{
    private static readonly SearchSpace Floats = [Parameter.Float("x", 0, 1), Parameter.Float("y", -1, 1), Parameter.Float("z", 1, 10).Log()];

    private static readonly Arbitrary<(bool IsMixed, int Count, int Seed)> Scenes = Arb.From(
        from isMixed in Gen.Elements(true, false)
        from count in Gen.Choose(1, 30)
        from seed in Gen.Choose(1, 1_000_000)
        select (isMixed, count, seed));

    [Fact]
    public void TheLikelihoodIsThatOfItsDefinition() => Law.Holds(Scenes, 30, draw =>
    {
        var scene = SceneOf(draw);
        var theta = scene.Theta;
        var n = scene.Targets.Length;
        var matrix = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                matrix[i * n + j] = scene.Kernel(scene.Points[i], scene.Points[j]) + (i == j ? scene.Noise + scene.Extra[i] : 0);
            }
        }

        var factor = new CholeskyFactor(n);
        Assert.True(factor.TryFactor(new RowBlock(matrix, 0, n), n, out _));
        var z = new double[factor.Stride];
        scene.Targets.CopyTo(z, 0);
        factor.Forward(z);
        var gradient = new double[theta.Length];
        var expected = 0.5 * z.Sum(value => value * value) + 0.5 * factor.LogDeterminant + HyperParameters.Penalty(theta, gradient);
        Assert.Equal(expected, scene.Likelihood().Evaluate(theta, gradient), 1e-9 * Math.Max(1, Math.Abs(expected)));
    });

    [Fact]
    public void TheGradientOfTheLikelihoodIsThatOfDifferences() => Law.Holds(Scenes, 30, draw =>
    {
        var scene = SceneOf(draw);
        var likelihood = scene.Likelihood();
        var (gradient, unused) = (new double[scene.Theta.Length], new double[scene.Theta.Length]);
        likelihood.Evaluate(scene.Theta, gradient);
        for (var i = 0; i < gradient.Length; i++)
        {
            var expected = Differences(step =>
            {
                var theta = (double[])scene.Theta.Clone();
                theta[i] += step;
                return likelihood.Evaluate(theta, unused);
            });
            Assert.True(Math.Abs(expected - gradient[i]) < 1e-6 * (1 + Math.Abs(expected)), $"Hyperparameter {i}: {gradient[i]}, by differences {expected}.");
        }
    });

    [Fact]
    public void BeliefsAreThoseOfTheTextbook() => Law.Holds(Scenes, 30, draw =>
    {
        // k K⁻¹ z and k** - k K⁻¹ k by Gaussian elimination; Rasmussen and Williams 2006, eq. 2.25 and 2.26.
        var scene = SceneOf(draw);
        var posterior = scene.Posterior();
        var n = scene.Targets.Length;
        foreach (var point in NewPoints(scene, 5))
        {
            double[] shared = [.. scene.Points.Select(other => scene.Kernel(point, other))];
            var weights = Solve(n, (i, j) => scene.Kernel(scene.Points[i], scene.Points[j]) + (i == j ? scene.Noise + scene.Extra[i] : 0), shared);
            var mean = weights.Zip(scene.Targets, (weight, z) => weight * z).Sum();
            var variance = scene.Kernel(point, point) - weights.Zip(shared, (weight, k) => weight * k).Sum();
            var (actualMean, actualSpread) = posterior.At(point);
            Assert.Equal(mean, actualMean, 1e-7);
            Assert.Equal(variance, actualSpread * actualSpread, 1e-8);
            var (means, spreads) = (new double[1], new double[1]);
            posterior.At([point], means, spreads);
            Assert.Equal(actualMean, means[0], 1e-12);
            Assert.Equal(actualSpread, spreads[0], 1e-9);
        }
    });

    [Fact]
    public void TheGradientOfABeliefIsThatOfDifferences() => Law.Holds(Scenes, 30, draw =>
    {
        var scene = SceneOf(draw, pending: 2);
        var posterior = scene.Posterior();
        foreach (var point in NewPoints(scene, 3))
        {
            int[] axes = [.. scene.Axes.Ordered.Where(axis => !double.IsNaN(point[axis]))];
            var (byMean, bySpread) = (new double[axes.Length], new double[axes.Length]);
            var belief = posterior.At(point, axes, byMean, bySpread);
            Assert.Equal(posterior.At(point), belief);
            for (var i = 0; i < axes.Length; i++)
            {
                (double Mean, double Spread) At(double step)
                {
                    var moved = (double[])point.Clone();
                    moved[axes[i]] += step;
                    return posterior.At(moved);
                }

                // A row's neighbourhood has a kink in its third derivative only; near one, differences are that much worse.
                Assert.Equal(Differences(step => At(step).Mean), byMean[i], 1e-4 * (1 + Math.Abs(byMean[i])));
                Assert.Equal(Differences(step => At(step).Spread), bySpread[i], 1e-3 * (1 + Math.Abs(bySpread[i])));
            }
        }
    });

    [Fact]
    public void TrialsUnderWayLowerTheSpreadAndLeaveTheMean() => Law.Holds(Scenes, 15, draw =>
    {
        var (without, with) = (SceneOf(draw), SceneOf(draw, pending: 3));
        with.Theta = without.Theta;
        var shared = new GpScene(without.Space, without.Targets.Length, draw.Seed, 3) { Theta = without.Theta };
        foreach (var point in NewPoints(without, 5).Append(shared.Points[^1]))
        {
            var (mean, spread) = PosteriorOf(shared, shared.Points.Length).At(point);
            var (before, wide) = PosteriorOf(shared, shared.Points.Length - 3).At(point);
            Assert.Equal(before, mean, 1e-9);
            Assert.True(spread <= wide + 1e-9);
        }

        var (_, there) = PosteriorOf(shared, shared.Points.Length).At(shared.Points[^1]);
        Assert.True(there * there <= shared.Noise * 1.01, "Where a trial is under way only the noise is left to learn.");
    });

    private static Posterior PosteriorOf(GpScene scene, int points)
    {
        var part = new GpScene(scene.Space, scene.Targets.Length, 1, points - scene.Targets.Length) { Theta = scene.Theta };
        for (var i = 0; i < points; i++)
        {
            part.Points[i] = scene.Points[i];
        }

        scene.Targets.CopyTo(part.Targets, 0);
        scene.Extra.CopyTo(part.Extra, 0);
        return part.Posterior();
    }

    private static GpScene SceneOf((bool IsMixed, int Count, int Seed) draw, int pending = 0) =>
        new(draw.IsMixed ? SamplerCases.Mixed : Floats, draw.Count, draw.Seed, pending);

    private static IEnumerable<double[]> NewPoints(GpScene scene, int count)
    {
        var random = new Xoshiro256StarStar(77);
        return Enumerable.Range(0, count).Select(_ => SamplerHistories.RandomPoint(scene.Space, random).ToArray());
    }

    // Of fourth order.
    private static double Differences(Func<double, double> function)
    {
        const double H = 1e-4;
        return (8 * (function(H) - function(-H)) - (function(2 * H) - function(-2 * H))) / (12 * H);
    }

    internal static double[] Solve(int n, Func<int, int, double> matrix, double[] right)
    {
        var rows = Enumerable.Range(0, n).Select(i => Enumerable.Range(0, n).Select(j => matrix(i, j)).Append(right[i]).ToArray()).ToArray();
        for (var pivot = 0; pivot < n; pivot++)
        {
            var best = Enumerable.Range(pivot, n - pivot).MaxBy(row => Math.Abs(rows[row][pivot]));
            (rows[pivot], rows[best]) = (rows[best], rows[pivot]);
            foreach (var row in Enumerable.Range(0, n).Where(row => row != pivot))
            {
                var factor = rows[row][pivot] / rows[pivot][pivot];
                for (var column = pivot; column <= n; column++)
                {
                    rows[row][column] -= factor * rows[pivot][column];
                }
            }
        }

        return [.. rows.Select((row, i) => row[n] / row[i])];
    }
}
