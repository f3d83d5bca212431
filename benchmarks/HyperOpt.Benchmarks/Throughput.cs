using System.Diagnostics;
using System.Globalization;
using HyperOpt.PostgreSql;
using HyperOpt.Pruners;
using HyperOpt.Samplers;
using HyperOpt.Sqlite;
using HyperOpt.Storage;

namespace HyperOpt.Benchmarks;

/// <summary>
/// Whole trials per second of one study on a storage, by one or more processes: random sampler, ten parameters, an objective that costs nothing
/// or waits for some milliseconds. Each process
/// first runs some trials of a study of its own, so that the compiler is not measured; the clock runs from the moment when all have opened the study
/// to the end of the last trial. The peer is benchmarks/peers/optuna_throughput.py.
/// </summary>
internal static class Throughput
{
    /// <summary>Compiled once, in the warm-up: else the compilers of sixteen processes are measured along, two thirds of the processor's time.</summary>
    private const string CompilesOnce = "DOTNET_TieredCompilation";

    private const int WarmUp = 100;

    public const string Usage =
        """
              throughput <storage> [trials] [processes] [durability] [ordered|completed] [cost]
                          whole trials per second. Storage: memory, journal:<path>, sqlite:<path>, postgresql:<connection string>.
                          Durability: EachTrialEnd, EachEvent, OperatingSystem. Ordered: the same trials as by one process, Lag = processes.
                          Cost: for how many milliseconds the objective waits, 0 if not said
        """;

    public static int Run(ReadOnlySpan<string> arguments)
    {
        var plan = Plan.Parse(arguments);
        using (new Study(plan.Options))
        {
            // Made, so that the clock does not see it.
        }

        var (elapsed, processor) = (TimeSpan.Zero, TimeSpan.Zero);
        if (plan.Processes == 1 && !plan.IsElsewhere)
        {
            Work(plan, () => { }, (time, busy) => (elapsed, processor) = (time, busy));
        }
        else
        {
            (elapsed, processor) = ByProcesses(plan);
        }

        using var study = new Study(plan.Options);
        var trials = plan.IsElsewhere ? study.Trials.Count : plan.Trials;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"hyperopt {plan.Kind} {plan.Durability} {plan.Mode} cost_ms={plan.Cost.TotalMilliseconds} processes={plan.Processes} trials={trials} seconds={elapsed.TotalSeconds:F2} trials_per_second={trials / elapsed.TotalSeconds:F1} cpu_ms_per_trial={processor.TotalMilliseconds / trials:F2}"));
        return 0;
    }

    public static int Worker(ReadOnlySpan<string> arguments)
    {
        Work(
            Plan.Parse(arguments),
            () =>
            {
                Console.WriteLine("ready");
                Console.ReadLine();
            },
            (_, processor) => Console.WriteLine(processor.Ticks.ToString(CultureInfo.InvariantCulture)));
        return 0;
    }

    private static (TimeSpan Elapsed, TimeSpan Processor) ByProcesses(Plan plan)
    {
        var workers = Enumerable.Range(0, plan.Processes).Select(_ => Process.Start(new ProcessStartInfo(
            Environment.ProcessPath!, [.. Host(), "throughput-worker", .. plan.Arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { [CompilesOnce] = "0" },
        })!).ToArray();
        foreach (var worker in workers)
        {
            worker.StandardOutput.ReadLine();
        }

        var watch = Stopwatch.StartNew();
        foreach (var worker in workers)
        {
            worker.StandardInput.WriteLine("go");
        }

        var processor = new TimeSpan(workers.Sum(worker => long.Parse(worker.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture)));
        var elapsed = watch.Elapsed;
        foreach (var worker in workers)
        {
            worker.WaitForExit();
        }

        return (elapsed, processor);
    }

    // "dotnet Benchmarks.dll" where it was not started by its own executable.
    private static IEnumerable<string> Host() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [Environment.GetCommandLineArgs()[0]] : [];

    private static void Work(Plan plan, Action open, Action<TimeSpan, TimeSpan> done)
    {
        using (var warm = new Study(plan.Options with { Name = $"warm-up of {Environment.ProcessId}" }))
        {
            Workload.Optimize(warm, WarmUp, plan.IsOrdered, TimeSpan.Zero);
        }

        using var study = new Study(plan.Options);
        open();
        var watch = Stopwatch.StartNew();
        var before = Environment.CpuUsage.TotalTime;
        Workload.Optimize(study, plan.Trials / plan.Processes, plan.IsOrdered, plan.Cost);
        done(watch.Elapsed, Environment.CpuUsage.TotalTime - before);
    }

    // A study for each run: what an earlier one left on a server is not to be read, nor counted.
    private sealed record Plan(string Source, int Trials, int Processes, Durability Durability, string Mode, TimeSpan Cost, string Name)
    {
        public string Kind => Source.Split(':', 2)[0];

        public bool IsElsewhere => Kind != "memory";

        public bool IsOrdered => Mode == "ordered";

        public string[] Arguments => [Source, $"{Trials}", $"{Processes}", $"{Durability}", Mode, Cost.TotalMilliseconds.ToString(CultureInfo.InvariantCulture), Name];

        public StudyOptions Options => new() { Name = Name, Space = [.. Workload.Space], Storage = Storage(), Sampler = new RandomSampler(), Pruner = new NopPruner(), Lag = IsOrdered ? Processes : null };

        public static Plan Parse(ReadOnlySpan<string> arguments) => new(
            arguments[0],
            arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 1000,
            arguments.Length > 2 ? int.Parse(arguments[2], CultureInfo.InvariantCulture) : 1,
            arguments.Length > 3 ? Enum.Parse<Durability>(arguments[3]) : Durability.EachTrialEnd,
            arguments.Length > 4 ? arguments[4] : "ordered",
            TimeSpan.FromMilliseconds(arguments.Length > 5 ? double.Parse(arguments[5], CultureInfo.InvariantCulture) : 0),
            arguments.Length > 6 ? arguments[6] : $"throughput {Stopwatch.GetTimestamp()}");

        private IStorage Storage() => Source.Split(':', 2) switch
        {
            ["memory"] => new InMemoryStorage(),
            ["journal", var path] => new JournalStorage(path, new JournalOptions { Durability = Durability }),
            ["sqlite", var path] => new SqliteStorage(path) { Durability = Durability },
            ["postgresql", var connection] => new PostgreSqlStorage(connection) { Durability = Durability },
            _ => throw new ArgumentException($"A storage is memory, journal:<path>, sqlite:<path> or postgresql:<connection string>, but got '{Kind}'."),
        };
    }
}
