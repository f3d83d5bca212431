using System.Diagnostics;
using System.Globalization;
using HyperOpt.Numerics;

namespace HyperOpt.Benchmarks;

/// <summary>
/// How long the tools of several objectives take, on vectors that another program can make too; a figure that it must find as well stands beside each time.
/// The peer, which calls this and sets its own times beside it, is benchmarks/peers/optuna_pareto.py.
/// </summary>
internal static class ParetoTable
{
    private static readonly double[] Primes = [2, 3, 5, 7, 11, 13];

    public const string Usage =
        """
              pareto      milliseconds of sorting, hypervolume, contributions and subset selection, by objectives and vectors
        """;

    public static int Run()
    {
        Console.WriteLine($"{"task",-14}{"objectives",12}{"vectors",10}{"ms",12}{"result",24}");
        foreach (var (objectives, count) in new[] { (2, 1_000), (2, 10_000), (3, 1_000), (3, 10_000), (5, 1_000), (5, 10_000) })
        {
            var rows = Cube(count, objectives);
            Print("ranks", objectives, count, () => Pareto.Ranks(rows, objectives).Sum(rank => (long)rank));
        }

        foreach (var (objectives, count) in new[] { (2, 10_000), (3, 100), (3, 1_000), (4, 100), (4, 300), (5, 100) })
        {
            var (rows, reference) = (Sphere(count, objectives), Reference(objectives));
            Print("hypervolume", objectives, count, () => Hypervolume.Of(rows, reference));
        }

        foreach (var (objectives, count) in new[] { (2, 100), (3, 100), (3, 300) })
        {
            var (rows, reference) = (Sphere(count, objectives), Reference(objectives));
            Print("contributions", objectives, count, () => HypervolumeContributions.Of(rows, reference).Sum());
        }

        foreach (var (objectives, count) in new[] { (2, 1_000), (3, 300), (4, 100) })
        {
            var rows = Sphere(count, objectives);
            System.Collections.Immutable.ImmutableArray<double>[] vectors = [.. rows.Chunk(objectives).Select(System.Collections.Immutable.ImmutableArray.Create)];
            Print("subset of 20", objectives, count, () => Hypervolume.Of(SubsetSelection.Greedy(vectors, 20).Select(at => vectors[at]), [.. Reference(objectives)]));
        }

        return 0;
    }

    // The least of a few runs: what else the machine does only adds.
    private static void Print(string task, int objectives, int count, Func<double> run)
    {
        var (result, least) = (run(), double.PositiveInfinity);
        for (var (repeat, begun) = (0, Stopwatch.GetTimestamp()); repeat < 5 || (repeat < 200 && Stopwatch.GetElapsedTime(begun).TotalMilliseconds < 300); repeat++)
        {
            var started = Stopwatch.GetTimestamp();
            result = run();
            least = Math.Min(least, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{task,-14}{objectives,12}{count,10}{least,12:F4}{result,24:R}"));
    }

    // The fractional parts of the multiples of the primes' square roots.
    private static double[] Cube(int count, int objectives) =>
        [.. from row in Enumerable.Range(1, count) from prime in Primes.Take(objectives) select row * Math.Sqrt(prime) % 1];

    private static double[] Sphere(int count, int objectives) =>
        [.. Cube(count, objectives).Chunk(objectives).SelectMany(row => row.Select(part => part / Math.Sqrt(row.Sum(other => other * other))))];

    private static double[] Reference(int objectives) => [.. Enumerable.Repeat(1.1, objectives)];
}
