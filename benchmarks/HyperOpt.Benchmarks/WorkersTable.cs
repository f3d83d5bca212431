using System.Diagnostics;
using System.Globalization;
using HyperOpt.Benchmarks.Quality;
using HyperOpt.Spaces;

namespace HyperOpt.Benchmarks;

/// <summary>How much sooner a run ends with several workers: an objective that waits, five floats, the sphere, in memory, as reproducible as by default.</summary>
internal static class WorkersTable
{
    private const int Axes = 5;
    private const int Runs = 3;
    private static readonly FloatParameter[] Parameters = [.. Enumerable.Range(0, Axes).Select(i => Parameter.Float($"x{i}", -5, 5))];

    public const string Usage =
        """
              workers [samplers] [trials] [milliseconds]
                          seconds of a run of trials that each wait so long (gp, 120, 20), with one, two, four and eight workers: the least of three runs
        """;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var trials = arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 120;
        var wait = TimeSpan.FromMilliseconds(arguments.Length > 2 ? double.Parse(arguments[2], CultureInfo.InvariantCulture) : 20);
        int[] workers = [1, 2, 4, 8];
        Console.WriteLine($"{"sampler",-12}{string.Concat(workers.Select(count => $"{$"{count} at once",14}"))}");
        foreach (var name in (arguments.Length > 0 ? arguments[0] : "gp").Split(','))
        {
            await SecondsAsync(name, trials, 8, TimeSpan.Zero); // for the compiler's sake
            Console.Write($"{name,-12}");
            foreach (var count in workers)
            {
                var least = double.PositiveInfinity;
                for (var run = 0; run < Runs; run++)
                {
                    least = Math.Min(least, await SecondsAsync(name, trials, count, wait));
                }

                Console.Write(string.Create(CultureInfo.InvariantCulture, $"{least,14:F2}"));
            }

            Console.WriteLine();
        }

        return 0;
    }

    private static async Task<double> SecondsAsync(string sampler, int trials, int workers, TimeSpan wait)
    {
        using var study = new Study(new StudyOptions { Space = [.. Parameters], Sampler = SamplerRegistry.Create(sampler), Seed = 1 });
        var begun = Stopwatch.GetTimestamp();
        await study.OptimizeAsync(
            async (trial, token) =>
            {
                await Task.Delay(wait, token);
                return Parameters.Sum(parameter => trial.Suggest(parameter) * trial.Suggest(parameter));
            },
            new RunOptions { Trials = trials, Parallelism = workers });
        return Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }
}
