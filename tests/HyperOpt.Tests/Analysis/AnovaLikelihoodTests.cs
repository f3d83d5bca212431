using HyperOpt.Analysis;
using HyperOpt.Numerics;
using HyperOpt.Spaces;
using Xunit;

namespace HyperOpt.Tests.Analysis;

public sealed class AnovaLikelihoodTests
{
    [Fact]
    public void TheGradientIsThatOfTheValue()
    {
        OrthonormalBasis[] axes = [new(Parameter.Float("x", 0, 1)), new(Parameter.Categorical("k", 1, 2, 3)), new(Parameter.Int("n", 1, 6)), new(Parameter.Float("y", 0, 1))];
        var random = new Xoshiro256StarStar(3);
        double[][] points = [.. Enumerable.Range(0, 37).Select(_ => axes.Select(_ => random.NextDouble()).ToArray())];
        points[4][3] = double.NaN; // inactive
        var likelihood = new AnovaLikelihood(new FeatureTable(axes, points), [.. points.Select(point => Math.Sin(4 * point[0]) + point[1] * point[2])]);
        var theta = AnovaScales.Start(axes.Length);
        for (var i = 0; i < theta.Length; i++)
        {
            theta[i] += 0.3 * (random.NextDouble() - 0.5);
        }

        var (gradient, spare) = (new double[theta.Length], new double[theta.Length]);
        likelihood.Evaluate(theta, gradient);
        for (var i = 0; i < theta.Length; i++)
        {
            const double step = 1e-5;
            var (up, down) = ((double[])theta.Clone(), (double[])theta.Clone());
            up[i] += step;
            down[i] -= step;
            Assert.Equal((likelihood.Evaluate(up, spare) - likelihood.Evaluate(down, spare)) / (2 * step), gradient[i], 1e-4 * Math.Max(1, Math.Abs(gradient[i])));
        }
    }
}
