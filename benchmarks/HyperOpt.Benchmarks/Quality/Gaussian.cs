namespace HyperOpt.Benchmarks.Quality;

/// <summary>Normal deviates by Box and Muller 1958, 10.1214/aoms/1177706645.</summary>
internal static class Gaussian
{
    public static double Next(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
