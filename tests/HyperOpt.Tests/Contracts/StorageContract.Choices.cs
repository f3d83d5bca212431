using System.Collections.Immutable;
using HyperOpt.Spaces;
using HyperOpt.Storage;
using Xunit;

namespace HyperOpt.Tests.Contracts;

public abstract partial class StorageContract
{
    [Fact]
    public async Task OfSeveralChoicesTheFirstThatIsFreeIsAppended()
    {
        var (one, other) = await TwoStoragesAsync();
        await using var first = await OpenAsync(one);
        await using var second = await OpenAsync(other);
        await AppendAsync(first, Taken(0), Taken(1));
        var slice = await second.AppendFirstAsync([Alive("second")], [Taken(0, "second"), Taken(1, "second"), Taken(2, "second"), Taken(3, "second")], Token);
        Assert.True(slice.IsAccepted);
        AssertSame([Taken(0), Taken(1), Alive("second"), Taken(2, "second")], slice.Events.ToArray());
        AssertSame([Alive("second"), Taken(2, "second"), Taken(3)], await AppendAsync(first, Taken(3))); // what was not chosen is not taken
        AssertSame([Taken(3), Taken(4)], (await second.AppendFirstAsync([], [Taken(4), Taken(5)], Token)).Events.ToArray());
        Assert.Equal(6, (await AllAsync(one)).Length);
    }

    [Fact]
    public async Task NothingIsAppendedWhereNoChoiceIsFreeOrWhatTheyComeWithIsTaken()
    {
        var (one, other) = await TwoStoragesAsync();
        await using var first = await OpenAsync(one);
        await using var second = await OpenAsync(other);
        await AppendAsync(first, Taken(0), Taken(1));
        var slice = await second.AppendFirstAsync([Alive("second")], [Taken(0), Taken(1)], Token);
        Assert.False(slice.IsAccepted);
        AssertSame([Taken(0), Taken(1)], slice.Events.ToArray());
        Assert.False((await second.AppendFirstAsync([Taken(1)], [Taken(2)], Token)).IsAccepted);
        Assert.False((await second.AppendFirstAsync([Taken(2)], [Taken(2)], Token)).IsAccepted);
        AssertSame([Taken(0), Taken(1)], await AllAsync(one));
        await AppendAsync(second, Taken(2));
    }

    [Fact]
    public async Task AChoiceMayReferToWhatItComesWith()
    {
        var storage = await CreateStorageAsync();
        await using var log = await OpenAsync(storage);
        var begun = new Configuration([Parameter.Float("x", 0, 1)], [0.5]);
        ImmutableArray<StudyEvent> events = [new TrialStarted(Noon, 0, 0, "w", true, begun, null), new TrialEnqueued(Noon, 1, begun)];
        await AppendAsync(log, Taken(7));
        var slice = await log.AppendFirstAsync([events[0]], [new TrialEnqueued(Noon, 7, begun), events[1]], Token);
        AssertSame(events, slice.Events.ToArray());
        AssertSame([Taken(7), .. events], await AllAsync(storage));
    }

    [Fact]
    public async Task ManyWritersWithChoicesTakeEachNumberOnceWithoutAGap()
    {
        const int Workers = 6;
        const int Each = 20;
        var (one, other) = await TwoStoragesAsync();
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(async () =>
        {
            await using var log = await OpenAsync(worker % 2 == 0 ? one : other);
            var (next, won) = (Next(await ReadAsync(log), 0), 0);
            while (won < Each)
            {
                var slice = await log.AppendFirstAsync([], [.. Enumerable.Range(next, 3).Select(number => Taken(number, $"w{worker}"))], Token);
                won += slice.IsAccepted ? 1 : 0;
                next = Next([.. slice.Events.Span], next);
            }
        })));
        var all = (await AllAsync(one)).Cast<TrialStarted>().ToArray();
        Assert.Equal(Enumerable.Range(0, Workers * Each), all.Select(started => started.Number));
        Assert.All(Enumerable.Range(0, Workers), worker => Assert.Equal(Each, all.Count(entry => entry.Worker == $"w{worker}")));
    }
}
