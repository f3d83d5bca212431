using System.Numerics.Tensors;

namespace HyperOpt.Benchmarks.Quality.Real;

/// <summary>The mean of -ln(probability of the true class), each at most ln(1000), so that a diverged model has a finite loss.</summary>
internal static class LogLoss
{
    private const double Floor = 1e-3;

    public static double Of(double probability) => double.IsNaN(probability) ? -Math.Log(Floor) : -Math.Log(Math.Clamp(probability, Floor, 1));

    /// <summary>Turns scores into probabilities, in place. Scores that are no numbers become none.</summary>
    public static void Softmax(Span<float> scores)
    {
        TensorPrimitives.Subtract(scores, TensorPrimitives.Max<float>(scores), scores);
        TensorPrimitives.SoftMax(scores, scores);
    }
}
