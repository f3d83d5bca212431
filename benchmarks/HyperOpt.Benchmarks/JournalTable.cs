using System.Diagnostics;
using System.Globalization;
using HyperOpt.Spaces;
using HyperOpt.Storage;
using HyperOpt.Trials;

namespace HyperOpt.Benchmarks;

/// <summary>How long a journal takes to load, raw and compacted, and how much memory its study takes: trials of ten parameters with ten reports each.</summary>
internal static class JournalTable
{
    public const string Usage =
        """
              journal [trials]
                          how long a journal of that many trials (30000) takes to load, raw and compacted, the first time in a process and again
        """;

    private const string Name = "load";
    private static readonly SearchSpace Space = [.. Enumerable.Range(0, 10).Select(axis => (Parameter)Parameter.Float($"parameter_{axis}", -1, 1))];

    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is ["load", var place])
        {
            await LoadAsync(place);
            return 0;
        }

        var trials = arguments is [var count] ? int.Parse(count, CultureInfo.InvariantCulture) : 30_000;
        var folder = Directory.CreateTempSubdirectory("hyperopt-journal-").FullName;
        var path = Path.Combine(folder, "study.journal");
        await WriteAsync(path, trials);
        await ReportAsync("raw", path);
        var clock = Stopwatch.StartNew();
        await new JournalStorage(path).CompactAsync();
        Print($"compacted in {clock.Elapsed.TotalSeconds:F2} s");
        await ReportAsync("compacted", path);
        Directory.Delete(folder, recursive: true);
        return 0;
    }

    // In a process of its own: the first load meets a cold compiler, as it does for people.
    private static async Task ReportAsync(string what, string path)
    {
        Print($"{what}: {new FileInfo(path).Length / 1e6:F1} MB");
        string[] host = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [Environment.GetCommandLineArgs()[0]] : [];
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [.. host, "journal", "load", path]))!;
        await process.WaitForExitAsync();
    }

    private static async Task LoadAsync(string path)
    {
        for (var turn = 0; turn < 3; turn++)
        {
            var before = GC.GetTotalMemory(forceFullCollection: true);
            var clock = Stopwatch.StartNew();
            await using var study = await Study.OpenAsync(new StudyOptions { Name = Name, Space = Space, Storage = new JournalStorage(path), Mode = OpenMode.Read });
            var elapsed = clock.Elapsed;
            var memory = GC.GetTotalMemory(forceFullCollection: true) - before;
            Print($"  {study.Trials.Count} trials loaded in {elapsed.TotalSeconds:F2} s, {memory / 1e6:F1} MB");
        }
    }

    private static async Task WriteAsync(string path, int trials)
    {
        var storage = new JournalStorage(path, new JournalOptions { Durability = Durability.OperatingSystem, CompactAt = long.MaxValue });
        await using var log = await storage.OpenAsync(Name, OpenMode.OpenOrCreate, CancellationToken.None);
        var at = new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
        await log.AppendAsync([new StudyCreated(at, 0, [1])], CancellationToken.None);
        for (var number = 0; number < trials; number++)
        {
            at += TimeSpan.FromMilliseconds(17.3);
            var proposed = new Configuration(Space, [.. Enumerable.Range(0, Space.Count).Select(axis => Math.Sin(number + axis * 0.1))]);
            await log.AppendAsync([new TrialStarted(at, number, 0, $"machine/12345678-4026531836/{1000 + number / 5000}/123456/1", true, proposed, null)], CancellationToken.None);
            StudyEvent[] events =
            [
                .. Enumerable.Range(0, 10).Select(step => new TrialReported(at, number, 0, new Report(step, [Math.Cos(number) + 1.0 / (step + 1)]))),
                new TrialEnded(at, number, 0, TrialState.Completed) { Values = [Math.Cos(number)], Parameters = proposed },
            ];
            await log.AppendAsync([.. events], CancellationToken.None);
        }
    }

    private static void Print(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
