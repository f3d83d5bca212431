using System.Diagnostics;
using HyperOpt.Storage;
using Xunit;

namespace HyperOpt.Tests.Contracts;

public abstract partial class StorageContract
{
    [Fact]
    public async Task NewsOfAnotherStorageObjectWakeWhoWaits()
    {
        var (one, other) = await TwoStoragesAsync();
        await using var writer = await OpenAsync(one);
        await using var waiter = await OpenAsync(other);
        for (var number = 0; number < 5; number++)
        {
            Assert.Equal(number == 0 ? 0 : 1, (await ReadAsync(waiter)).Length);
            var waiting = waiter.WaitAsync(Patience, Token).AsTask();
            await AppendAsync(writer, Taken(number));
            await waiting.WaitAsync(WakesWithin, Token);
        }
    }

    [Fact]
    public async Task NewsThatCameBeforeTheWaitEndItAtOnce()
    {
        var (one, other) = await TwoStoragesAsync();
        await using var writer = await OpenAsync(one);
        await using var waiter = await OpenAsync(other);
        await ReadAsync(waiter);
        await AppendAsync(writer, Taken(0));
        await waiter.WaitAsync(Patience, Token).AsTask().WaitAsync(WakesWithin, Token);
        AssertSame([Taken(0)], await ReadAsync(waiter));
    }

    [Fact]
    public async Task TheDeletionOfTheStudyWakesWhoWaits()
    {
        var (one, other) = await TwoStoragesAsync();
        await using var waiter = await OpenAsync(one);
        await ReadAsync(waiter);
        var waiting = waiter.WaitAsync(Patience, Token).AsTask();
        await other.DeleteAsync("study", Token);
        await waiting.WaitAsync(WakesWithin, Token);
        await Assert.ThrowsAsync<StudyDeletedException>(async () => await waiter.ReadAsync(Token));
    }

    [Fact]
    public async Task AWaitWithoutNewsEndsWhenItsTimeIsUp()
    {
        var storage = await CreateStorageAsync();
        await using var waiter = await OpenAsync(storage);
        await AppendAsync(waiter, Alive("a"));
        var clock = Stopwatch.StartNew();
        await waiter.WaitAsync(TimeSpan.FromMilliseconds(60), Token).AsTask().WaitAsync(Patience, Token);
        Assert.True(clock.Elapsed >= TimeSpan.FromMilliseconds(50), $"It ended after {clock.Elapsed}.");
        await waiter.WaitAsync(TimeSpan.Zero, Token).AsTask().WaitAsync(Patience, Token);
    }

    [Fact]
    public async Task AWaitThatIsCancelledEnds()
    {
        var storage = await CreateStorageAsync();
        await using var waiter = await OpenAsync(storage);
        await ReadAsync(waiter);
        using var cancelling = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var waiting = waiter.WaitAsync(Timeout.InfiniteTimeSpan, cancelling.Token).AsTask();
        await cancelling.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Patience, Token));
        AssertSame([Alive("a")], await AppendAsync(waiter, Alive("a"))); // it is as good as before
    }

    [Fact]
    public async Task WhatIsCancelledBeforehandIsEitherDoneOrNot()
    {
        var storage = await CreateStorageAsync();
        await using var log = await OpenAsync(storage);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        var seen = 0;
        try
        {
            seen += (await log.AppendAsync([Alive("a")], cancelled.Token)).Events.Length;
        }
        catch (OperationCanceledException)
        {
            // The next call shows whether it was appended.
        }

        seen += (await ReadAsync(log)).Length;
        Assert.Equal(seen, (await AllAsync(storage)).Length);
        Assert.InRange(seen, 0, 1);
    }
}
