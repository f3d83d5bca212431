using QuickStart;
using Xunit;

namespace HyperOpt.Tests.Samples;

/// <summary>Steps in single precision against the formulas as the papers print them, in double precision.</summary>
public sealed class OptimizersTests
{
    private const double Rate = 0.1, Decay = 0.5, Kept = 1 - Rate * Decay;

    // More than a vector and a rest, of several signs and magnitudes, for each step.
    private static readonly float[][] Gradients =
    [
        .. from step in Enumerable.Range(1, 5)
           select Enumerable.Range(1, 21).Select(w => MathF.Pow(10, w % 5 - 3) * MathF.Sin(step * w)).ToArray(),
    ];

    [Fact]
    public void SgdStepsDownTheGradient() =>
        AssertFollows(OptimizerKind.Sgd, momentum: 0.9, gradients => gradients.Aggregate(1.0, (weight, g) => Kept * weight - Rate * g));

    [Fact]
    public void MomentumGoesOnWithTheStepsBefore() => AssertFollows(OptimizerKind.Momentum, momentum: 0.9, gradients =>
    {
        var (weight, velocity) = (1.0, 0.0);
        foreach (var g in gradients)
        {
            velocity = 0.9 * velocity + g;
            weight = Kept * weight - Rate * velocity;
        }
        return weight;
    });

    [Fact]
    public void AdamFollowsThePaper() => AssertFollows(OptimizerKind.Adam, momentum: 0.9, gradients =>
    {
        var (weight, m, v, t) = (1.0, 0.0, 0.0, 0);
        foreach (var g in gradients)
        {
            t++;
            m = 0.9 * m + 0.1 * g;
            v = 0.999 * v + 0.001 * g * g;
            var (mHat, vHat) = (m / (1 - Math.Pow(0.9, t)), v / (1 - Math.Pow(0.999, t)));
            weight = Kept * weight - Rate * mHat / (Math.Sqrt(vHat) + 1e-8);
        }
        return weight;
    });

    private static void AssertFollows(OptimizerKind kind, double momentum, Func<IEnumerable<float>, double> expected)
    {
        var settings = NetworkSettings.Default with { Optimizer = kind, LearningRate = Rate, Momentum = momentum, WeightDecay = Decay };
        var weights = new float[Gradients[0].Length];
        Array.Fill(weights, 1f);
        var optimizer = Optimizer.Create(settings, weights.Length);
        foreach (var gradient in Gradients)
            optimizer.Step(weights, gradient);

        for (var w = 0; w < weights.Length; w++)
            Assert.Equal(expected(Gradients.Select(gradient => gradient[w])), weights[w], 1e-4);
    }
}
