using HyperOpt.Numerics;

namespace HyperOpt.Benchmarks.Quality;

/// <summary>What random configurations of a problem are like.</summary>
internal static class RandomSample
{
    private const int Size = 2_000;

    /// <summary>The standard deviation of the first true loss.</summary>
    public static double Spread(Problem problem)
    {
        var random = StreamSeed.Create(0, 0, "quality/spread/" + problem.Name);
        var losses = new double[Size];
        for (var i = 0; i < Size; i++)
        {
            var point = new double[problem.Space.Count];
            for (var axis = 0; axis < point.Length; axis++)
            {
                point[axis] = random.NextDouble();
            }

            losses[i] = problem.Losses(CodePoint.At(problem.Space, point))[0];
        }

        var mean = losses.Average();
        return Math.Sqrt(losses.Sum(loss => (loss - mean) * (loss - mean)) / (Size - 1));
    }
}
