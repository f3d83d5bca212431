using System.Diagnostics;
using System.Globalization;
using HyperOpt.Benchmarks.Quality;
using HyperOpt.Pruners;
using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Storage;
using HyperOpt.Trials;

namespace HyperOpt.Benchmarks;

/// <summary>
/// How long samplers think: ten floats, the sphere, the whole loop in memory. Long histories are drawn at random first. Each figure is the least of a few
/// runs, because everything else that the machine does only adds to it. The peer is benchmarks/peers/optuna_speed.py.
/// </summary>
internal static class SpeedTable
{
    private const int Axes = 10;
    private const int Runs = 5;
    private const int Block = 20; // suggestions of one measurement at a long history
    private static readonly FloatParameter[] Parameters = [.. Enumerable.Range(0, Axes).Select(i => Parameter.Float($"x{i}", -5, 5))];

    public const string Usage =
        """
              speed [samplers] [histories] [trials] [cpu]
                          milliseconds of a suggestion by the length of the history (100,1000,10000), below them those of the first call on it, and of a whole study of that many trials (1000).
                          Samplers as in quality: random,tpe. With "cpu" by the processor time of the process, for a machine that does other work, too. Beside it: benchmarks/peers/optuna_speed.py
        """;

    public static int Run(ReadOnlySpan<string> arguments)
    {
        var samplers = (arguments.Length > 0 ? arguments[0] : "random,tpe").Split(',');
        int[] histories = [.. (arguments.Length > 1 ? arguments[1] : "100,1000,10000").Split(',').Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
        var trials = arguments.Length > 2 ? int.Parse(arguments[2], CultureInfo.InvariantCulture) : 1000;
        Func<TimeSpan> clock = arguments.Length > 3 && arguments[3] == "cpu" ? () => Environment.CpuUsage.TotalTime : () => Stopwatch.GetElapsedTime(0);
        Console.WriteLine($"{"sampler",-12}{$"{trials} trials, ms",18}{string.Concat(histories.Select(history => $"{$"ms at {history}",14}"))}");
        foreach (var name in samplers)
        {
            Whole(name, Math.Min(trials, 200), clock); // for the compiler's sake
            var whole = Enumerable.Range(0, Runs).Min(_ => Whole(name, trials, clock));
            (double Cold, double Warm)[] each = [.. histories.Select(history => At(name, history, clock))];
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-12}{whole,18:F1}{string.Concat(each.Select(ms => FormattableString.Invariant($"{ms.Warm,14:F3}")))}"));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{" a first call",-12}{"",18}{string.Concat(each.Select(ms => FormattableString.Invariant($"{ms.Cold,14:F3}")))}"));
        }

        return 0;
    }

    private static double Whole(string sampler, int trials, Func<TimeSpan> clock)
    {
        using var study = Study(SamplerRegistry.Create(sampler), new InMemoryStorage());
        return Milliseconds(study, trials, clock);
    }

    // The first call of a sampler that has seen nothing of the study yet, as after a resume; and those after it.
    private static (double Cold, double Warm) At(string sampler, int history, Func<TimeSpan> clock)
    {
        var storage = new InMemoryStorage();
        using (var past = Study(new RandomSampler(), storage))
        {
            past.Optimize(Sphere, new RunOptions { Trials = history });
        }

        var (cold, warm) = (double.PositiveInfinity, double.PositiveInfinity);
        for (var run = 0; run < Runs; run++)
        {
            using var study = Study(SamplerRegistry.Create(sampler), storage);
            cold = Math.Min(cold, Milliseconds(study, 1, clock));
            warm = Math.Min(warm, Milliseconds(study, Block, clock) / Block);
        }

        return (cold, warm);
    }

    private static double Milliseconds(Study study, int trials, Func<TimeSpan> clock)
    {
        var begun = clock();
        study.Optimize(Sphere, new RunOptions { Trials = trials });
        return (clock() - begun).TotalMilliseconds;
    }

    private static Study Study(ISampler sampler, IStorage storage) =>
        new(new StudyOptions { Name = "speed", Space = [.. Parameters], Sampler = sampler, Pruner = new NopPruner(), Storage = storage, Seed = 1 });

    private static double Sphere(ITrial trial) => Workload.Sphere(trial, Parameters);
}
