using System.Diagnostics;

namespace HyperOpt.Benchmarks;

/// <summary>The overhead of a trial in a few seconds: less exact than <see cref="TrialOverhead"/>, enough to see a change.</summary>
internal static class OverheadTable
{
    private const int MaxBlock = 1_000;

    private static readonly (string Name, Action<Study, int> Add)[] Ways =
    [
        ("ask/tell", Workload.AskAndTell),
        ("Optimize", (study, trials) => Workload.Optimize(study, trials, reproducible: true)),
        ("as completed", (study, trials) => Workload.Optimize(study, trials, reproducible: false)),
    ];

    public static void Print()
    {
        foreach (var (_, add) in Ways)
        {
            Measure(1_000, add); // for the compiler's sake
        }

        Console.WriteLine("Overhead of a trial of 10 parameters, random search in memory: median microseconds");
        Console.WriteLine($"{"history",10}{string.Concat(Ways.Select(way => $"{way.Name,14}"))}");
        foreach (var history in new[] { 100, 1_000, 10_000, 100_000 })
        {
            Console.WriteLine($"{history,10:N0}{string.Concat(Ways.Select(way => $"{Measure(history, way.Add),14:F1}"))}");
        }

        Console.WriteLine();
        PrintTotal();
    }

    // The median over blocks of trials; a study grows by a tenth.
    private static double Measure(int history, Action<Study, int> add)
    {
        var studies = Workload.Studies(history);
        var block = Math.Min(MaxBlock, history / 10);
        GC.Collect();
        var times = new List<double>();
        foreach (var study in studies)
        {
            for (var added = 0; added < history / 10; added += block)
            {
                var begun = Stopwatch.GetTimestamp();
                add(study, block);
                times.Add(Stopwatch.GetElapsedTime(begun).TotalMicroseconds / block);
            }
        }

        times.Sort();
        return times[times.Count / 2];
    }

    private static void PrintTotal()
    {
        var (memory, allocated) = (GC.GetTotalMemory(forceFullCollection: true), GC.GetTotalAllocatedBytes(precise: true));
        var begun = Stopwatch.GetTimestamp();
        var studies = Workload.Studies(Workload.TrialsInAll);
        var time = Stopwatch.GetElapsedTime(begun);
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        memory = GC.GetTotalMemory(forceFullCollection: true) - memory;
        GC.KeepAlive(studies);
        Console.WriteLine(
            $"{Workload.TrialsInAll:N0} trials: {time.TotalSeconds:F2} s, {memory / 1e6:F0} MB kept ({memory / Workload.TrialsInAll:N0} bytes a trial), "
            + $"{allocated / Workload.TrialsInAll:N0} bytes a trial allocated");
    }
}
