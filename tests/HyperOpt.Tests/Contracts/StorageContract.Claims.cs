using System.Collections.Immutable;
using HyperOpt.Spaces;
using HyperOpt.Storage;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Contracts;

public abstract partial class StorageContract
{
    [Fact]
    public async Task WhoComesSecondIsRefusedAndGetsTheNews()
    {
        var (one, other) = await TwoStoragesAsync();
        await using var first = await OpenAsync(one);
        await using var second = await OpenAsync(other);
        await AppendAsync(first, Taken(0, "first"));
        AssertSame([Taken(0, "first")], await RefusedAsync(second, Taken(0, "second")));
        Assert.Empty(await RefusedAsync(second, Taken(0, "second")));
        AssertSame([Taken(1, "second")], await AppendAsync(second, Taken(1, "second")));
        AssertSame([Taken(0, "first"), Taken(1, "second")], await AllAsync(one));
    }

    [Fact]
    public async Task EventsAreAppendedAllOrNone()
    {
        var (one, other) = await TwoStoragesAsync();
        await using var first = await OpenAsync(one);
        await using var second = await OpenAsync(other);
        await AppendAsync(first, Taken(0));
        await RefusedAsync(second, Alive("before"), Taken(0), Alive("after"), Taken(1));
        AssertSame([Taken(0)], await AllAsync(one));
        await AppendAsync(second, Taken(1)); // nothing of the refused batch was taken
    }

    [Fact]
    public async Task AClaimTwiceInOneBatchIsRefused()
    {
        var storage = await CreateStorageAsync();
        await using var log = await OpenAsync(storage);
        await RefusedAsync(log, Taken(0), Taken(0));
        await AppendAsync(log, Taken(0));
        await RefusedAsync(log, Ended(0, 0), Released(0, 0));
        await AppendAsync(log, Ended(0, 0));
    }

    public static TheoryData<string, int> ClaimingKinds() => new()
    {
        { "created", 0 }, { "number", 1 }, { "start", 2 }, { "end", 3 }, { "release", 3 }, { "enqueue", 1 }, { "restore", 4 }, { "restored end", 5 }, { "restored start", 6 },
    };

    [Theory]
    [MemberData(nameof(ClaimingKinds))]
    public async Task EachKindOfClaimIsTakenOnceAcrossStorageObjects(string kind, int rival)
    {
        var (one, other) = await TwoStoragesAsync();
        await using var first = await OpenAsync(one);
        await using var second = await OpenAsync(other);
        var events = Claiming(kind);
        await AppendAsync(first, events);
        await RefusedAsync(second, Rival(rival));
        await RefusedAsync(first, Rival(rival));
        AssertSame(events, await AllAsync(other));
    }

    [Fact]
    public async Task ManyWritersOfTwoStoragesTakeEachNumberOnceWithoutAGap()
    {
        const int Workers = 6;
        const int Numbers = 120;
        var (one, other) = await TwoStoragesAsync();
        var counts = await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(async () =>
        {
            await using var log = await OpenAsync(worker % 2 == 0 ? one : other);
            var (next, won) = (Next(await ReadAsync(log), 0), 0);
            while (next < Numbers)
            {
                var slice = await log.AppendAsync([Taken(next, $"w{worker}")], Token);
                won += slice.IsAccepted ? 1 : 0;
                next = Next([.. slice.Events.Span], next);
            }

            return won;
        })));
        var all = await AllAsync(one);
        Assert.Equal(Enumerable.Range(0, Numbers), all.Cast<TrialStarted>().Select(started => started.Number));
        Assert.Equal(counts, Enumerable.Range(0, Workers).Select(worker => all.Count(entry => ((TrialStarted)entry).Worker == $"w{worker}")));
    }

    [Fact]
    public async Task ManyWritersOfOneClaimHaveOneWinner()
    {
        var (one, other) = await TwoStoragesAsync();
        for (var number = 0; number < 20; number++)
        {
            var claim = number;
            var accepted = await Task.WhenAll(Enumerable.Range(0, 6).Select(worker => Task.Run(async () =>
            {
                await using var log = await OpenAsync(worker % 2 == 0 ? one : other);
                return (await log.AppendAsync([Alive($"{claim} of {worker}"), Taken(claim, $"w{worker}")], Token)).IsAccepted;
            })));
            Assert.Single(accepted, won => won);
        }

        var all = await AllAsync(other);
        Assert.Equal(40, all.Length);
        Assert.All(all.Chunk(2), pair => Assert.Equal(((WorkerAlive)pair[0]).Worker[^1], ((TrialStarted)pair[1]).Worker[^1]));
    }

    private static int Next(ImmutableArray<StudyEvent> news, int next) =>
        news.Select(entry => ((TrialStarted)entry).Number + 1).Append(next).Max();

    private static TrialEnded Ended(int number, int attempt) => new TrialEnded(Noon, number, attempt, TrialState.Completed) { Values = [1] };

    private static TrialReleased Released(int number, int attempt) => new TrialReleased(Noon, number, attempt, "for the test", true);

    private static TrialStarted Started(int number, int attempt) => new TrialStarted(Noon, number, attempt, "w", false, null, null);

    private static ImmutableArray<StudyEvent> Claiming(string kind) => kind switch
    {
        "created" => [new StudyCreated(Noon, 1, [1])],
        "number" => [Taken(0)],
        "start" => [new TrialEnqueued(Noon, 0, Configuration.Empty), Started(0, 0)],
        "end" => [Taken(0), Ended(0, 0)],
        "release" => [Taken(0), Released(0, 0)],
        "enqueue" => [new TrialEnqueued(Noon, 0, Configuration.Empty)],
        _ => [new TrialRestored(Noon, new FrozenTrial { Number = 0, State = TrialState.Completed, Retries = 2 }, 2, 1)],
    };

    private static StudyEvent Rival(int kind) => kind switch
    {
        0 => new StudyCreated(Noon, 2, [1, -1]),
        1 => new TrialEnqueued(Noon, 0, Configuration.Empty),
        2 => Started(0, 0),
        3 => Released(0, 0),
        4 => Taken(0),
        5 => Ended(0, 2),
        _ => Started(0, 1),
    };
}
