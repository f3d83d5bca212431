using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using HyperOpt.Engine;
using HyperOpt.Spaces;
using HyperOpt.Storage;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Contracts;

public abstract partial class StorageContract
{
    /// <summary>How many random logs are written and read back.</summary>
    protected virtual int Scenes => 60;

    [Fact]
    public async Task EventsOfEveryKindComeBackEqualAndInOrder()
    {
        var (one, other) = await TwoStoragesAsync();
        var scene = 0;
        Prop.ForAll(EventScene.Any, drawn => Blocking.Wait(Check(drawn))).Check(Config.QuickThrowOnFailure.WithMaxTest(Scenes));

        async ValueTask Check(EventScene drawn)
        {
            var name = $"scene {scene++}";
            var events = drawn.Events();
            await using var writer = await OpenAsync(one, name);
            await using var follower = await OpenAsync(other, name, OpenMode.Read);
            var followed = new List<StudyEvent>();
            for (var at = 0; at < events.Length; at += 3)
            {
                ImmutableArray<StudyEvent> batch = [.. events.Skip(at).Take(3)];
                AssertSame(batch, await AppendAsync(writer, batch));
                followed.AddRange(await ReadAsync(follower));
            }

            AssertSame(events, followed);
            AssertSame(events, await AllAsync(one, name));
        }
    }

    [Fact]
    public async Task TwoWritersInTurnWriteWhatEachOtherReads()
    {
        var (one, other) = await TwoStoragesAsync();
        var scene = 0;
        Prop.ForAll(EventScene.Any, drawn => Blocking.Wait(Check(drawn))).Check(Config.QuickThrowOnFailure.WithMaxTest(Scenes));

        async ValueTask Check(EventScene drawn)
        {
            var name = $"turns {scene++}";
            var events = drawn.Events();
            await using var first = await OpenAsync(one, name);
            await using var second = await OpenAsync(other, name);
            IStudyLog[] writers = [first, second];
            List<StudyEvent>[] read = [[], []];
            for (var at = 0; at < events.Length; at++)
            {
                // Each refers to spaces and proposals that the other may have written.
                var turn = (drawn.Chance >> at % 16) & 1;
                read[turn].AddRange(await AppendAsync(writers[turn], events[at]));
            }

            read[0].AddRange(await ReadAsync(first));
            read[1].AddRange(await ReadAsync(second));
            AssertSame(events, read[0]);
            AssertSame(events, read[1]);
        }
    }

    [Fact]
    public async Task AThousandParametersComeBack()
    {
        var storage = await CreateStorageAsync();
        var space = SearchSpace.Create([.. Enumerable.Range(0, 1000).Select(axis => (Parameter)(axis % 2 == 0 ? Parameter.Float($"rate {axis}", 0, 1) : Parameter.Categorical($"kind {axis}", "a", "b")))]);
        var proposed = new Configuration(space, [.. space.Select((parameter, axis) => parameter.CodeAt(axis / 1000.0))]);
        StudyEvent[] events =
        [
            .. Enumerable.Range(0, 10).SelectMany(number => new StudyEvent[]
            {
                new TrialStarted(Noon, number, 0, "w", true, proposed, null),
                new TrialEnded(Noon, number, 0, TrialState.Completed) { Values = [number], Parameters = proposed },
            }),
        ];
        await using var log = await OpenAsync(storage);
        await AppendAsync(log, [.. events]);
        AssertSame(events, await AllAsync(storage));
    }

    [Fact]
    public async Task CategoriesAreTextToReadersAndValuesToTypedHandles()
    {
        var optimizer = Parameter.Categorical("optimizer", Optimizer.Adam, Optimizer.Sgd);
        var shape = Parameter.Categorical("shape", new Shape(1, 2), new Shape(3, 4));
        var batch = Parameter.Ordinal("batch", 16, 32, 64);
        var storage = await CreateStorageAsync();
        await using (var log = await OpenAsync(storage))
        {
            var proposed = new Configuration([optimizer, shape, batch], [1, 1, 2]);
            await AppendAsync(log, new TrialStarted(Noon, 0, 0, "w", true, proposed, null));
        }

        var read = Assert.IsType<TrialStarted>(Assert.Single(await AllAsync(storage))).Proposed!;
        Assert.Equal(Optimizer.Sgd, read.Get(optimizer));
        Assert.Equal(new Shape(3, 4), read.Get(shape));
        Assert.Equal(64, read.Get(batch));
        Assert.Equal("Sgd", read["optimizer"].ToString());
        Assert.Equal("3x4", read["shape"].ToString());
        Assert.Equal("64", read["batch"].ToString());
    }

    [Fact]
    public async Task EachOpeningHasItsOwnPlaceAndEachCallAnswersWithAllSinceTheLast()
    {
        var (one, other) = await TwoStoragesAsync();
        await using var first = await OpenAsync(one);
        await using var second = await OpenAsync(one);
        await using var third = await OpenAsync(other);
        Assert.Empty(await ReadAsync(first));
        AssertSame([Alive("a")], await AppendAsync(first, Alive("a")));
        Assert.Empty(await ReadAsync(first));
        AssertSame([Alive("a"), Alive("b"), Alive("c")], await AppendAsync(third, Alive("b"), Alive("c")));
        AssertSame([Alive("a"), Alive("b"), Alive("c")], await ReadAsync(second));
        AssertSame([Alive("b"), Alive("c"), Alive("d")], await AppendAsync(first, Alive("d")));
        AssertSame([Alive("d")], await ReadAsync(second));
        AssertSame([Alive("d")], await ReadAsync(third));
        await using var late = await OpenAsync(other);
        AssertSame([Alive("a"), Alive("b"), Alive("c"), Alive("d")], await ReadAsync(late));
        Assert.Empty(await ReadAsync(late));
    }

    [Fact]
    public async Task AppendingNothingReadsTheNews()
    {
        var (one, other) = await TwoStoragesAsync();
        await using var first = await OpenAsync(one);
        await using var second = await OpenAsync(other);
        await AppendAsync(first, Alive("a"));
        AssertSame([Alive("a")], await AppendAsync(second));
        Assert.Empty(await AppendAsync(second));
    }

    [Fact]
    public async Task AnEventThatIsTooLargeIsRefusedAndLeavesTheLogAsItWas()
    {
        var storage = await CreateStorageAsync();
        await using var log = await OpenAsync(storage);
        await AppendAsync(log, Alive("a"));
        if (!log.IsRemote)
        {
            return; // memory has no records
        }

        var huge = new StudyAttributeSet(Noon, "huge", new string('x', EventSerializer.MaxRecordLength));
        await Assert.ThrowsAsync<ArgumentException>(async () => await log.AppendAsync([Alive("b"), huge], Token));
        AssertSame([Alive("c")], await AppendAsync(log, Alive("c")));
        AssertSame([Alive("a"), Alive("c")], await AllAsync(storage));
    }
}
