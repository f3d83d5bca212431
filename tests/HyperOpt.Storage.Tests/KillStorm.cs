using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using HyperOpt.Spaces;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Storage.Tests;

/// <summary>Worker processes on one study, one of them killed again and again, at random moments; each killed one is replaced.</summary>
internal static class KillStorm
{
    public static async Task RunAsync(IStorage storage, string kind, string place, int workers, int trials, TimeSpan pause)
    {
        var token = TestContext.Current.CancellationToken;
        var x = Parameter.Float("x", 0, 1);
        const int Enqueued = 10;
        await using (var study = await Study.OpenAsync(new StudyOptions { Name = "storm", Space = [x], Storage = storage, Seed = 1 }, token))
        {
            for (var i = 0; i < Enqueued; i++)
            {
                await study.EnqueueAsync(x.Is(i / 100.0));
            }
        }

        var kills = 0;
        var running = Enumerable.Range(0, workers).Select(_ => Start(kind, place, trials)).ToList();
        while (running.Exists(worker => !worker.HasExited))
        {
            await Task.Delay(pause, token);
            if (running.Where(worker => !worker.HasExited).ToArray() is { Length: > 0 } alive && kills < 2 * workers)
            {
                var victim = alive[RandomNumberGenerator.GetInt32(alive.Length)];
                victim.Kill(); // SIGKILL
                kills++;
                running.Add(Start(kind, place, trials));
            }
        }

        Assert.True(kills > workers, $"Only {kills} were killed: the storm was too short to say anything.");
        Assert.All(running, worker => Assert.True(worker.ExitCode is 0 or 137, $"A worker ended with {worker.ExitCode}."));
        await CheckAsync(storage, trials, Enqueued, x);
        running.ForEach(worker => worker.Dispose());
    }

    private static async Task CheckAsync(IStorage storage, int trials, int enqueued, FloatParameter x)
    {
        var token = TestContext.Current.CancellationToken;
        var watch = Stopwatch.StartNew();
        await using var study = await Study.OpenAsync(new StudyOptions { Name = "storm", Space = [x], Storage = storage, Mode = OpenMode.Read }, token);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"Opening took {watch.Elapsed}.");
        Assert.Equal(Enumerable.Range(0, trials), study.Trials.Select(trial => trial.Number));
        Assert.All(study.Trials, trial => Assert.Equal(TrialState.Completed, trial.State));
        Assert.All(study.Trials.Take(enqueued), trial => Assert.Equal(trial.Number / 100.0, trial.Get(x)));
        Assert.All(study.Trials, trial => Assert.Equal([0, 1, 2], trial.Reports.Select(report => report.Step)));

        await using var log = await storage.OpenAsync("storm", OpenMode.Read, token);
        var events = (await log.ReadAsync(token)).Events.ToArray();
        Assert.Equal(Enumerable.Range(0, trials), events.OfType<TrialEnded>().Select(ended => ended.Number).Order());
        Assert.Equal(events.SelectMany(entry => entry.Claims).Distinct().Count(), events.Sum(entry => entry.Claims.Length));
    }

    private static Process Start(string kind, string place, int trials) => Process.Start(
        new ProcessStartInfo(
            Path.Combine(AppContext.BaseDirectory, "HyperOpt.StormWorker"), [kind, place, trials.ToString(CultureInfo.InvariantCulture)]))!;
}
