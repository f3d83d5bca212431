using System.Diagnostics;
using HyperOpt.Benchmarks.Quality.Reporting;
using HyperOpt.Benchmarks.Quality.Suite;

namespace HyperOpt.Benchmarks.Quality;

/// <summary>Runs samplers on the suite, and reports how they compare.</summary>
internal static class QualityCommand
{
    public static int Run(ReadOnlySpan<string> arguments)
    {
        var options = QualityOptions.Parse(arguments);
        var problems = ProblemSuite.Find(options.Problems, options.IsHeldOut);
        if (problems.IsEmpty)
        {
            Console.Error.WriteLine($"A pattern must fit a problem or a family, but '{options.Problems}' fits none. Take '*'.");
            return 1;
        }

        var path = Path.Combine(options.Folder, "results.csv");
        RunMissing(options, problems, path);
        var names = problems.Select(problem => problem.Name).ToHashSet(StringComparer.Ordinal);
        var rows = (options.With ?? PeerFiles.All).Append(path).SelectMany(QualityFile.Read)
            .Where(row => names.Contains(row.Problem) && row.Mark <= options.Trials && options.Has(row.Seed)).ToList();
        if (rows.Count == 0)
        {
            Console.WriteLine("No results.");
            return 0;
        }

        var results = new Comparison(rows);
        var reference = options.Reference ?? (results.Samplers.Contains("optuna-tpe") ? "optuna-tpe" : results.Samplers[0]);
        Report.Print(results, reference, options);
        var picture = Path.Combine(options.Folder, options.IsHeldOut ? "held-out.svg" : "quality.svg");
        Picture.Write(picture, results, results.MarksOf(reference));
        Console.WriteLine($"Results: {path}; picture: {picture}");
        return 0;
    }

    private static void RunMissing(QualityOptions options, IReadOnlyList<Problem> problems, string path)
    {
        var done = QualityFile.Read(path).Where(row => row.Mark == options.Trials).Select(row => (row.Sampler, row.Problem, row.Seed)).ToHashSet();
        var work = (from seed in Enumerable.Range(options.FirstSeed, options.Seeds)
                    from problem in problems
                    from sampler in options.Samplers
                    where !done.Contains((options.NameOf(sampler), problem.Name, (ulong)seed))
                    select (sampler, problem, seed: (ulong)seed)).ToList();
        var (written, gate) = (0, new Lock());
        var begun = Stopwatch.GetTimestamp();
        Func<TimeSpan> clock = options.Jobs == 1
            ? () => Environment.CpuUsage.TotalTime // of this process: what else the machine does is not in it
            : () => Stopwatch.GetElapsedTime(begun);
        Parallel.ForEach(work, new ParallelOptions { MaxDegreeOfParallelism = options.Jobs }, item =>
        {
            var rows = QualityRun.Of(item.problem, item.sampler, options.NameOf(item.sampler), item.seed, options.Trials, options.Lag, clock);
            lock (gate)
            {
                QualityFile.Append(path, rows);
                if (++written % 100 == 0)
                {
                    Console.Error.WriteLine($"{written} of {work.Count} runs");
                }
            }
        });
    }
}
