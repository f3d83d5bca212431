using System.Diagnostics;
using HyperOpt.StormWorker;
using Xunit;

namespace HyperOpt.Storage.Tests.Journal;

public sealed class JournalStormTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public Task WorkersKilledAtRandomMomentsLoseNothingAndDoNothingTwice() => SmallStorm.RunAsync("journal", _folder.File("storm.journal"));

    [Fact]
    public async Task AKilledHolderLeavesNoLockBehind()
    {
        var path = _folder.File("study.journal");
        await using var log = await new JournalStorage(path).OpenAsync("study", OpenMode.OpenOrCreate, Token);
        await using var reader = await new JournalStorage(path).OpenAsync("study", OpenMode.Read, Token);
        using var holder = new WorkerProcess("lock", path);
        Assert.Equal("held", await holder.BegunAsync().WaitAsync(Token));

        using (var impatient = CancellationTokenSource.CreateLinkedTokenSource(Token))
        {
            impatient.CancelAfter(TimeSpan.FromMilliseconds(300));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await log.AppendAsync([Alive], impatient.Token));
        }

        Assert.Equal(0, (await reader.ReadAsync(Token)).Events.Length); // who only reads is not held up
        var waiting = log.AppendAsync([Alive], Token).AsTask();
        Assert.False(waiting.IsCompleted);
        var clock = Stopwatch.StartNew();
        Assert.True(holder.TryKill());
        Assert.True((await waiting.WaitAsync(TimeSpan.FromSeconds(30), Token)).IsAccepted);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"It took {clock.Elapsed} to notice.");
        Assert.Equal(1, (await reader.ReadAsync(Token)).Events.Length);
    }

    private static StudyEvent Alive => new WorkerAlive(DateTimeOffset.UnixEpoch, "w");
}
