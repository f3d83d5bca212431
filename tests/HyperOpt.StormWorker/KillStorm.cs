using System.Diagnostics;
using System.Globalization;
using HyperOpt.Pruners;
using HyperOpt.Spaces;
using HyperOpt.Storage;
using HyperOpt.Trials;

namespace HyperOpt.StormWorker;

/// <summary>Worker processes on one study, one of them killed with SIGKILL again and again, at uneven moments; each killed one is replaced.</summary>
public static class KillStorm
{
    /// <summary>How often each trial reports.</summary>
    public const int Steps = 3;

    /// <summary>The parameter of the study.</summary>
    public static FloatParameter X { get; } = Parameter.Float("x", 0, 1);

    /// <summary>The study that is stormed.</summary>
    public static StudyOptions OptionsFor(IStorage storage) => new() { Name = "storm", Space = [X], Storage = storage, Seed = 1, Pruner = new NopPruner(), MaxRetries = 1000 };

    /// <summary>Runs a storm to its end and looks at what it left.</summary>
    public static async Task<StormReport> RunAsync(Storm storm, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(storm);
        var storage = Storm.Open(storm.Kind, storm.Place);
        await EnqueueAsync(storm, storage, token).ConfigureAwait(false);
        var clock = Stopwatch.StartNew();
        var (kills, errors) = await KillAsync(storm, clock, token).ConfigureAwait(false);
        var took = clock.Elapsed;
        clock.Restart();
        var study = await Study.OpenAsync(OptionsFor(Storm.Open(storm.Kind, storm.Place)) with { Mode = OpenMode.Read, Seed = null }, token).ConfigureAwait(false);
        await using (study.ConfigureAwait(false))
        {
            var report = new StormReport(kills, took, clock.Elapsed, study.Trials.Sum(trial => trial.Retries));
            return report with { Broken = [.. errors, .. Laws(storm, study), .. await LogLawsAsync(storm, storage, token).ConfigureAwait(false)] };
        }
    }

    private static async Task EnqueueAsync(Storm storm, IStorage storage, CancellationToken token)
    {
        if ((await storage.ListAsync(token).ConfigureAwait(false)).Contains("storm"))
        {
            throw new ArgumentException("A storm begins with a study of its own, but there is one named 'storm' in that storage. Delete it, or take another place.");
        }

        var study = await Study.OpenAsync(OptionsFor(storage), token).ConfigureAwait(false);
        await using (study.ConfigureAwait(false))
        {
            for (var i = 0; i < storm.Enqueued; i++)
            {
                await study.EnqueueAsync(X.Is(PlaceOf(i))).ConfigureAwait(false);
            }
        }
    }

    private static async Task<(int Kills, List<string> Errors)> KillAsync(Storm storm, Stopwatch clock, CancellationToken token)
    {
        var kills = 0;
        var errors = new List<string>();
        var running = Enumerable.Range(0, storm.Workers).Select(_ => new WorkerProcess(storm)).ToList();
        try
        {
            while (running.TrueForAll(worker => !worker.HasSucceeded) && clock.Elapsed < storm.Limit)
            {
                // Between a half and one and a half of the pause, in the golden ratio's even disorder.
                await Task.Delay(storm.Pause * (0.5 + (kills * 0.6180339887498949) % 1), token).ConfigureAwait(false);
                errors.AddRange(running.Select(worker => worker.Error).OfType<string>());
                running.RemoveAll(worker => worker.Error is not null);
                WorkerProcess[] begun = [.. running.Where(worker => worker.HasBegun)];
                if (begun.Length > 0 && begun[(kills * 7 + 3) % begun.Length] is var victim && victim.TryKill())
                {
                    kills++;
                    running.Remove(victim);
                    victim.Dispose();
                }

                while (running.Count < storm.Workers && errors.Count < 100)
                {
                    running.Add(new WorkerProcess(storm));
                }
            }

            await Task.WhenAll(running.Select(worker => worker.ExitAsync(storm.Limit, token))).ConfigureAwait(false);
            errors.AddRange(running.Select(worker => worker.Error).OfType<string>());
        }
        finally
        {
            running.ForEach(worker => worker.Dispose());
        }

        return (kills, errors);
    }

    private static IEnumerable<string> Laws(Storm storm, Study study)
    {
        if (!study.Trials.Select(trial => trial.Number).SequenceEqual(Enumerable.Range(0, storm.Trials)))
        {
            yield return $"Numbers must run from 0 to {storm.Trials - 1}, but there are {study.Trials.Count} trials.";
        }

        foreach (var trial in study.Trials)
        {
            if (trial.State != TrialState.Completed || !trial.Reports.Select(report => report.Step).SequenceEqual(Enumerable.Range(0, Steps)))
            {
                yield return $"Each trial must have completed with {Steps} reports, but there is {trial} with {trial.Reports.Length}.";
            }
        }

        for (var i = 0; i < Math.Min(storm.Enqueued, study.Trials.Count); i++)
        {
            if (study.Trials[i].Get(X) != PlaceOf(i) || study.Trials.Skip(storm.Enqueued).Any(trial => trial.Get(X) == PlaceOf(i)))
            {
                yield return $"Each enqueued point must be tried once, but that of trial {i} is lost or doubled.";
            }
        }
    }

    private static async Task<List<string>> LogLawsAsync(Storm storm, IStorage storage, CancellationToken token)
    {
        var broken = new List<string>();
        var log = await storage.OpenAsync("storm", OpenMode.Read, token).ConfigureAwait(false);
        await using (log.ConfigureAwait(false))
        {
            var events = (await log.ReadAsync(token).ConfigureAwait(false)).Events.ToArray();
            var ends = events.OfType<TrialEnded>().Select(ended => ended.Number).Order().ToArray();
            if (!ends.SequenceEqual(Enumerable.Range(0, storm.Trials)))
            {
                broken.Add($"Each trial must end once in the log, but there are {ends.Length} ends of {ends.Distinct().Count()} trials.");
            }

            if (events.SelectMany(entry => entry.Claims).GroupBy(claim => claim).FirstOrDefault(taken => taken.Count() > 1) is { } twice)
            {
                broken.Add($"A claim must be taken once, but {twice.Key} was {twice.Count()} times.");
            }
        }

        return broken;
    }

    private static double PlaceOf(int at) => (at + 0.5) / 1000;
}

/// <summary>What a storm left.</summary>
/// <param name="Kills">How many processes were killed.</param>
/// <param name="Took">From the first process to the end of the last.</param>
/// <param name="Opening">How long it took to open the study afterwards.</param>
/// <param name="Retries">How many attempts were lost or given back.</param>
public sealed record StormReport(int Kills, TimeSpan Took, TimeSpan Opening, int Retries)
{
    /// <summary>The laws that were broken; empty if all is well.</summary>
    public IReadOnlyList<string> Broken { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Kills} kills, {Retries} retries, took {Took.TotalSeconds:F1} s, opened in {Opening.TotalMilliseconds:F0} ms, {(Broken.Count == 0 ? "all laws hold" : string.Join("; ", Broken))}");
}
