using System.Diagnostics;
using HyperOpt.PostgreSql;
using HyperOpt.Pruners;
using HyperOpt.Spaces;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Storage.Tests.PostgreSql;

/// <summary>The server goes away and comes back. On a server of its own, for the others' sake.</summary>
public sealed class PostgreSqlLossTests : IAsyncLifetime
{
    private static readonly FloatParameter X = Parameter.Float("x", 0, 1);

    private readonly PostgreSqlCluster _cluster = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _cluster.InitializeAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Theory]
    [InlineData(true, Durability.EachTrialEnd)]
    [InlineData(false, Durability.EachTrialEnd)]
    public async Task ARunOutlivesCrashesOfItsServer(bool isOrdered, Durability durability)
    {
        const int Trials = 120;
        var (begun, done) = (0, new TaskCompletionSource());
        var workers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            await using var storage = new PostgreSqlStorage(_cluster.ConnectionString) { Durability = durability };
            await using var study = await Study.OpenAsync(Options(storage) with { Lag = isOrdered ? 4 : null }, Token);
            await study.OptimizeAsync(
                async (trial, token) =>
                {
                    if (Interlocked.Increment(ref begun) == Trials / 4)
                    {
                        done.SetResult();
                    }

                    trial.Report(0, trial.Number);
                    await Task.Delay(40, token);
                    return trial.Suggest(X);
                },
                new RunOptions { StudyTrials = Trials, Reproducible = isOrdered },
                Token);
        })).ToArray();
        await done.Task.WaitAsync(Token);
        for (var crash = 0; crash < 3; crash++)
        {
            await _cluster.CrashAsync();
            await Task.Delay(100 * crash, Token);
            await _cluster.StartAsync();
            await Task.Delay(200, Token);
        }

        await Task.WhenAll(workers).WaitAsync(TimeSpan.FromMinutes(2), Token);
        await using var after = new PostgreSqlStorage(_cluster.ConnectionString);
        await using var result = await Study.OpenAsync(Options(after) with { Mode = OpenMode.Read }, Token);
        Assert.Equal(Enumerable.Range(0, Trials), result.Trials.Select(trial => trial.Number));
        Assert.All(result.Trials, trial => Assert.Equal((TrialState.Completed, 0), (trial.State, trial.Retries)));
        await using var log = await after.OpenAsync("loss", OpenMode.Read, Token);
        var events = (await log.ReadAsync(Token)).Events.ToArray();
        Assert.Equal(Trials, events.OfType<TrialEnded>().Count());
        Assert.Equal(Trials, events.OfType<TrialStarted>().Count());
        Assert.Equal(Trials, events.OfType<TrialReported>().Count());
    }

    [Fact]
    public async Task WorkersWhoseConnectionsAreCutAgainAndAgainLoseNothing()
    {
        const int Trials = 100;
        await using var storage = new PostgreSqlStorage(_cluster.ConnectionString);
        await using var study = await Study.OpenAsync(Options(storage), Token);
        var run = study.OptimizeAsync(
            async (trial, token) =>
            {
                await Task.Delay(10, token);
                return trial.Suggest(X);
            },
            new RunOptions { StudyTrials = Trials, Parallelism = 4, Reproducible = false },
            Token);
        while (!run.IsCompleted)
        {
            await _cluster.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'");
            await Task.Delay(20, Token);
        }

        await run;
        Assert.Equal(Trials, study.Trials.Count(trial => trial is { State: TrialState.Completed, Retries: 0 }));
    }

    [Fact]
    public async Task ALogOfWhichNothingIsLeftIsPutBackFromItsBeginning()
    {
        await using var storage = new PostgreSqlStorage(_cluster.ConnectionString) { Durability = Durability.OperatingSystem };
        await using var log = await storage.OpenAsync("all lost", OpenMode.OpenOrCreate, Token);
        StudyEvent[] events = [new StudyCreated(DateTimeOffset.UnixEpoch, 1, [1]), new WorkerAlive(DateTimeOffset.UnixEpoch, "w"), new WorkerAlive(DateTimeOffset.UnixEpoch, "v")];
        Assert.True((await log.AppendAsync([events[0]], Token)).IsAccepted);
        Assert.True((await log.AppendAsync([events[1]], Token)).IsAccepted);
        await _cluster.ExecuteAsync("DELETE FROM hyperopt_event; DELETE FROM hyperopt_claim");
        Assert.True((await log.AppendAsync([events[2]], Token)).IsAccepted);
        await using var fresh = await storage.OpenAsync("all lost", OpenMode.Read, Token);
        Assert.Equal(events.Select(entry => entry.GetType()), (await fresh.ReadAsync(Token)).Events.ToArray().Select(entry => entry.GetType()));
    }

    [Fact]
    public async Task WhatACrashTookIsPutBackOnceByWhoKnewIt()
    {
        await _cluster.ExecuteAsync("ALTER SYSTEM SET wal_writer_delay = '10s'");
        await _cluster.ExecuteAsync("SELECT pg_reload_conf()");
        var attempt = 0;
        while (!await LoseAndPutBackAsync($"loss {attempt}"))
        {
            Assert.True(++attempt < 10, "No crash took anything, so nothing was tested.");
        }
    }

    // False: the server had written all of its log before it crashed, which it does now and then.
    private async Task<bool> LoseAndPutBackAsync(string study)
    {
        await using var one = new PostgreSqlStorage(_cluster.ConnectionString) { Durability = Durability.OperatingSystem };
        await using var other = new PostgreSqlStorage(_cluster.ConnectionString) { Durability = Durability.OperatingSystem };
        await using var author = await one.OpenAsync(study, OpenMode.OpenOrCreate, Token);
        await using var witness = await other.OpenAsync(study, OpenMode.Open, Token);
        await using var reader = await other.OpenAsync(study, OpenMode.Read, Token);
        var configuration = new Configuration([X], [0.5]);
        StudyEvent[] events =
        [
            new StudyCreated(DateTimeOffset.UnixEpoch, 1, [1]),
            new TrialStarted(DateTimeOffset.UnixEpoch, 0, 0, "w", true, configuration, null),
            .. Enumerable.Range(0, 10).Select(i => new WorkerAlive(DateTimeOffset.UnixEpoch, $"w{i}")), // they claim nothing that would show a second one
            new TrialStarted(DateTimeOffset.UnixEpoch, 1, 0, "w", true, configuration, null),
        ];
        foreach (var entry in events)
        {
            Assert.True((await author.AppendAsync([entry], Token)).IsAccepted);
        }

        Assert.Equal(events.Length, (await witness.ReadAsync(Token)).Events.Length);
        Assert.Equal(events.Length, (await reader.ReadAsync(Token)).Events.Length);
        await _cluster.CrashAsync();
        await _cluster.StartAsync();
        if (await CountAsync(study) == events.Length)
        {
            return false;
        }

        Assert.Empty((await reader.ReadAsync(Token)).Events.ToArray());
        StudyEvent ended = new TrialEnded(DateTimeOffset.UnixEpoch, 0, 0, TrialState.Completed) { Values = [1], Parameters = configuration };
        var slices = await Task.WhenAll(witness.ReadAsync(Token).AsTask(), author.AppendAsync([ended], Token).AsTask());
        Assert.True(slices[1].IsAccepted);
        Assert.Equal([ended], slices[1].Events.ToArray());
        Assert.IsType<TrialEnded>(Assert.Single(slices[0].Events.ToArray().Concat((await witness.ReadAsync(Token)).Events.ToArray())));
        Assert.Equal(events.Length + 1, await CountAsync(study));
        await using var fresh = await one.OpenAsync(study, OpenMode.Read, Token);
        Assert.Equal(
            [.. events.Select(entry => entry.GetType()), typeof(TrialEnded)], (await fresh.ReadAsync(Token)).Events.ToArray().Select(entry => entry.GetType()));
        Assert.Equal([typeof(TrialEnded)], (await reader.ReadAsync(Token)).Events.ToArray().Select(entry => entry.GetType()));
        return true;
    }

    [Fact]
    public async Task AServerThatStaysAwayIsGivenUpWithAClearErrorAndTheStudyGoesOnLater()
    {
        await using (var storage = new PostgreSqlStorage(_cluster.ConnectionString) { ReconnectTimeout = TimeSpan.FromSeconds(2) })
        {
            var study = await Study.OpenAsync(Options(storage), Token);
            var run = study.OptimizeAsync(
                async (trial, _) =>
                {
                    if (trial.Number == 3)
                    {
                        await _cluster.StopAsync();
                    }

                    return trial.Suggest(X);
                },
                trials: 10,
                Token);
            var clock = Stopwatch.StartNew();
            var error = await Assert.ThrowsAsync<TimeoutException>(() => run.WaitAsync(TimeSpan.FromMinutes(1), Token));
            Assert.Contains("ReconnectTimeout", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(PostgreSqlCluster.Password, error.ToString(), StringComparison.Ordinal);
            await _cluster.StartAsync();
            await study.DisposeAsync();
        }

        await using var after = new PostgreSqlStorage(_cluster.ConnectionString);
        await using var again = await Study.OpenAsync(Options(after), Token);
        await again.OptimizeAsync((trial, _) => Task.FromResult(trial.Suggest(X)), new RunOptions { StudyTrials = 10 }, Token);
        Assert.Equal(10, again.Trials.Count(trial => trial.State == TrialState.Completed));
    }

    [Fact]
    public async Task AnAbsenceLongerThanALeaseTakesNoTrialFromALivingWorker()
    {
        const int Trials = 8;
        var (begun, all) = (0, new TaskCompletionSource());
        var back = new TaskCompletionSource();
        var workers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            await using var storage = new PostgreSqlStorage(_cluster.ConnectionString);
            await using var study = await Study.OpenAsync(Options(storage) with { Lease = TimeSpan.FromSeconds(8) }, Token);
            await study.OptimizeAsync(
                async (trial, token) =>
                {
                    if (trial.Number < 4)
                    {
                        if (Interlocked.Increment(ref begun) == 4)
                        {
                            all.SetResult();
                        }

                        await back.Task.WaitAsync(token);
                        await Task.Delay(2500, token); // the keepers of leases look around meanwhile
                    }

                    return trial.Suggest(X);
                },
                new RunOptions { StudyTrials = Trials, Reproducible = false },
                Token);
        })).ToArray();
        await all.Task.WaitAsync(Token);
        await _cluster.StopAsync();
        await Task.Delay(9000, Token);
        await _cluster.StartAsync();
        back.SetResult();
        await Task.WhenAll(workers).WaitAsync(TimeSpan.FromMinutes(1), Token);
        await using var after = new PostgreSqlStorage(_cluster.ConnectionString);
        await using var result = await Study.OpenAsync(Options(after) with { Mode = OpenMode.Read }, Token);
        Assert.Equal(Trials, result.Trials.Count);
        Assert.All(result.Trials, trial => Assert.Equal((TrialState.Completed, 0), (trial.State, trial.Retries)));
    }

    private static StudyOptions Options(IStorage storage) => new() { Name = "loss", Storage = storage, Space = [X], Seed = 3, Pruner = new NopPruner() };

    private async Task<int> CountAsync(string study) => Convert.ToInt32(
        (await _cluster.QueryAsync($"SELECT count(*) FROM hyperopt_event JOIN hyperopt_study ON id = study WHERE name = '{study}'"))[0][0],
        System.Globalization.CultureInfo.InvariantCulture);
}
