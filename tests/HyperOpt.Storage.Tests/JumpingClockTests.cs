using HyperOpt.Pruners;
using HyperOpt.Spaces;
using HyperOpt.Sqlite;
using HyperOpt.Storage.Tests.PostgreSql;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Storage.Tests;

/// <summary>A clock that is set back and forth by days changes what is noted of times, and nothing else: no order, no lease.</summary>
public sealed class JumpingClockTests(PostgreSqlCluster cluster) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public Task SqliteDoesNotMind() => RunAsync(new SqliteStorage(_folder.File("clock.db")), new SqliteStorage(_folder.File("clock.db")));

    [Fact]
    public async Task PostgreSqlDoesNotMind()
    {
        await using var one = cluster.Open("clock");
        await using var other = cluster.Open("clock");
        await RunAsync(one, other);
    }

    private static async Task RunAsync(IStorage one, IStorage other)
    {
        var token = TestContext.Current.CancellationToken;
        var x = Parameter.Float("x", 0, 1);
        await Task.WhenAll(new[] { one, other }.Select((storage, at) => Task.Run(async () =>
        {
            var clock = new JumpingTime(TimeSpan.FromDays(at == 0 ? 400 : -400));
            await using var study = await Study.OpenAsync(
                new StudyOptions { Space = [x], Storage = storage, Seed = 5, Pruner = new NopPruner(), TimeProvider = clock, Lease = TimeSpan.FromSeconds(20) }, token);
            await study.OptimizeAsync(
                async (trial, stop) =>
                {
                    await Task.Delay(5, stop);
                    clock.Jump();
                    return trial.Suggest(x);
                },
                new RunOptions { StudyTrials = 40, Reproducible = false },
                token);
        }, token)));
        await using var result = await Study.OpenAsync(new StudyOptions { Space = [x], Storage = one, Mode = OpenMode.Read }, token);
        Assert.Equal(40, result.Trials.Count(trial => trial is { State: TrialState.Completed, Retries: 0 }));
        Assert.Contains(result.Trials, trial => trial.Duration > TimeSpan.FromDays(300));
        Assert.Contains(result.Trials, trial => trial.Duration < TimeSpan.FromDays(-300));
    }

    private sealed class JumpingTime(TimeSpan jump) : TimeProvider
    {
        private int _jumps;

        public void Jump() => Interlocked.Increment(ref _jumps);

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + (Volatile.Read(ref _jumps) % 2 * jump);
    }
}
