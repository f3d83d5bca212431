using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using HyperOpt.Engine;
using HyperOpt.Spaces;
using HyperOpt.Storage;
using HyperOpt.Storage.Journal;
using HyperOpt.Tests.Contracts;
using HyperOpt.Tests.Support;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Storage.Journal;

/// <summary>From a compacted journal the same study follows as from the events that it stands for, and nobody who works on it notices.</summary>
public sealed class CompactionTests : IDisposable
{
    private readonly JournalScene _scene = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void TheFoldOfASnapshotIsTheFoldOfWhatItStandsFor() => Prop.ForAll(EventScene.Any, scene =>
    {
        var events = scene.Events();
        var fold = new StudyFold();
        foreach (var entry in events)
        {
            fold.Apply(entry);
        }

        Assert.Equal(StateOf(events), StateOf([.. fold.Snapshot(JournalScene.Noon)]));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void ASnapshotTakenInBetweenChangesNothing() => Prop.ForAll(EventScene.Any, scene =>
    {
        var events = scene.Events();
        var cut = scene.Chance % (events.Length + 1);
        var fold = new StudyFold();
        foreach (var entry in events.Take(cut))
        {
            fold.Apply(entry);
        }

        ImmutableArray<StudyEvent> snapshot = [.. fold.Snapshot(JournalScene.Noon)];
        Assert.Equal(StateOf(events), StateOf([.. snapshot, .. events.Skip(cut)]));

        // Who had read a part before, and then gets the snapshot, is brought up to date.
        var early = scene.Chance / 31 % (cut + 1);
        Assert.Equal(StateOf(events), StateOf([.. events.Take(early), .. snapshot, .. events.Skip(cut)]));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public async Task FollowersOfACompactedJournalReadEachEventOnceAndInOrder()
    {
        await using var writer = await _scene.LogAsync();
        await using var current = await _scene.LogAsync(mode: OpenMode.Read);
        await using var late = await _scene.LogAsync(mode: OpenMode.Read);
        var expected = new List<StudyEvent>();
        var (seen, seenLate) = (new List<StudyEvent>(), new List<StudyEvent>((await late.ReadAsync(Token)).Events.Span.ToArray()));
        for (var round = 0; round < 12; round++)
        {
            StudyEvent[] batch =
            [
                new TrialStarted(JournalScene.Noon, round, 0, "w", true, new Configuration([Parameter.Float($"x{round % 3}", 0, 99)], [round]), null),
                new TrialEnded(JournalScene.Noon, round, 0, TrialState.Completed) { Values = [round] },
            ];
            expected.AddRange(batch);
            await writer.AppendAsync([.. batch], Token);
            seen.AddRange((await current.ReadAsync(Token)).Events.Span);
            if (round % 2 == 0)
            {
                await _scene.Open().CompactAsync(Token);
            }
            else
            {
                // It reads once between two compactions, with events before and after the first.
                seenLate.AddRange((await late.ReadAsync(Token)).Events.Span);
            }
        }

        Assert.Equal(JournalScene.Texts(expected), JournalScene.Texts(seen));
        Assert.Equal(JournalScene.Texts(expected), JournalScene.Texts(seenLate));
        Assert.Equal(12, (await _scene.ReadAsync()).OfType<TrialRestored>().Count() + (await _scene.ReadAsync()).OfType<TrialEnded>().Count());
    }

    [Fact]
    public async Task WhoSleptThroughSeveralCompactionsKnowsTheStudyAsItIs()
    {
        await _scene.FillAsync(3);
        await using var sleeper = await _scene.LogAsync();
        var seen = new List<StudyEvent>((await sleeper.ReadAsync(Token)).Events.Span.ToArray());
        for (var turn = 1; turn < 4; turn++)
        {
            await _scene.FillAsync(3, 3 * turn);
            await _scene.Open().CompactAsync(Token);
        }

        await _scene.FillAsync(2, 12);
        seen.AddRange((await sleeper.ReadAsync(Token)).Events.Span);
        Assert.Equal(StateOf(await _scene.ReadAsync()), StateOf([.. seen]));
        var slice = await sleeper.AppendAsync([new TrialStarted(JournalScene.Noon, 13, 0, "me too", true, null, null)], Token);
        Assert.False(slice.IsAccepted); // claims came with the snapshots
        Assert.True((await sleeper.AppendAsync([new TrialStarted(JournalScene.Noon, 14, 0, "me", true, null, null)], Token)).IsAccepted);
    }

    [Fact]
    public async Task NoAppendIsLostOrDoubledWhileOthersCompact()
    {
        const int Writers = 4;
        const int Each = 60;
        await (await _scene.LogAsync()).DisposeAsync();
        using var done = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var compacting = Task.Run(async () =>
        {
            var storage = _scene.Open();
            while (!done.IsCancellationRequested)
            {
                await storage.CompactAsync(Token);
                await Task.Delay(1, Token);
            }
        }, Token);
        await using var follower = await _scene.LogAsync(mode: OpenMode.Read);
        var seen = new List<StudyEvent>();
        var following = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                seen.AddRange((await follower.ReadAsync(Token)).Events.Span);
            }
        }, Token);
        var answers = await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            await using var log = await _scene.LogAsync();
            var mine = new List<StudyEvent>();
            for (var i = 0; i < Each; i++)
            {
                mine.AddRange((await log.AppendAsync([new StudyAttributeSet(JournalScene.Noon, $"{writer}/{i}", i)], Token)).Events.Span);
            }

            mine.AddRange((await log.ReadAsync(Token)).Events.Span);
            return mine;
        })));
        await done.CancelAsync();
        await Task.WhenAll(compacting, following);
        seen.AddRange((await follower.ReadAsync(Token)).Events.Span);

        string[] all = [.. Enumerable.Range(0, Writers * Each).Select(at => $"{at / Each}/{at % Each}").Order(StringComparer.Ordinal)];
        Assert.Equal(all, (await _scene.ReadAsync()).Cast<StudyAttributeSet>().Select(set => set.Name).Order(StringComparer.Ordinal));
        Assert.Equal(all, seen.Cast<StudyAttributeSet>().Select(set => set.Name).Distinct().Order(StringComparer.Ordinal));
        for (var writer = 0; writer < Writers; writer++)
        {
            // All of one's own; of others all that came before one's last call.
            var own = answers[writer].Cast<StudyAttributeSet>().Select(set => set.Name).Where(name => name.StartsWith($"{writer}/", StringComparison.Ordinal));
            Assert.Equal(Enumerable.Range(0, Each).Select(at => $"{writer}/{at}"), own.Distinct());
        }
    }

    [Fact]
    public async Task DeletedStudiesVanishAndTheirNumbersAreNotGivenAgain()
    {
        var storage = _scene.Open();
        await using var first = await _scene.LogAsync("first");
        await using var deleted = await _scene.LogAsync("deleted");
        await deleted.AppendAsync([JournalScene.Alive("a secret")], Token);
        await storage.RenameAsync("first", "kept", Token);
        await storage.DeleteAsync("deleted", Token);
        await storage.CompactAsync(Token);
        Assert.DoesNotContain("a secret", await File.ReadAllTextAsync(_scene.Path, Token), StringComparison.Ordinal);
        Assert.Equal(["kept"], await storage.ListAsync(Token));
        await using var anew = await _scene.LogAsync("anew");
        await anew.AppendAsync([JournalScene.Alive("anew")], Token);
        await Assert.ThrowsAsync<StudyDeletedException>(async () => await deleted.ReadAsync(Token));
        Assert.True((await first.AppendAsync([JournalScene.Alive("kept")], Token)).IsAccepted);
        Assert.Single(await _scene.ReadAsync("anew"));
    }

    [Fact]
    public async Task AHalfWrittenSnapshotThatACrashLeftIsPassedOverAndWrittenOver()
    {
        await _scene.FillAsync(4);
        var before = StateOf(await _scene.ReadAsync());
        await File.WriteAllTextAsync(_scene.Path + ".tmp", "{\"crc\":\"0123", Token);
        Assert.Equal(before, StateOf(await _scene.ReadAsync()));
        await _scene.Open().CompactAsync(Token);
        Assert.Equal(before, StateOf(await _scene.ReadAsync()));
        Assert.False(File.Exists(_scene.Path + ".tmp"));
    }

    [Fact]
    public async Task AJournalIsCompactedByItselfWhenThatHalvesIt()
    {
        var options = new JournalOptions { CompactAt = 20_000 };
        await using var log = await _scene.Open(options).OpenAsync("study", OpenMode.OpenOrCreate, Token);
        await log.AppendAsync([new TrialStarted(JournalScene.Noon, 0, 0, "w", true, null, null)], Token);
        for (var i = 0; i < 1000; i++)
        {
            await log.AppendAsync([JournalScene.Alive($"{i}")], Token);
        }

        Assert.InRange(new FileInfo(_scene.Path).Length, 0, 20_500);
        Assert.Contains(_scene.Lines, line => line.Contains("was compacted from", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AJournalThatCompactionWouldNotHalveIsLookedAtOnceEachTimeItHasDoubled()
    {
        var options = new JournalOptions { CompactAt = 4_000 };
        await using var log = await _scene.Open(options).OpenAsync("study", OpenMode.OpenOrCreate, Token);
        for (var i = 0; i < 200; i++)
        {
            await log.AppendAsync([new StudyAttributeSet(JournalScene.Noon, $"{i}", i)], Token);
        }

        Assert.DoesNotContain(_scene.Lines, line => line.Contains("compacted", StringComparison.Ordinal));
        Assert.Equal(200, (await _scene.ReadAsync()).Length);
        Assert.False(File.Exists(_scene.Path + ".tmp"));
    }

    [Fact]
    public async Task ACompactedStudyGoesOnAsIfNothingHadHappened()
    {
        var x = Parameter.Float("x", -5, 5);
        StudyOptions Options(IStorage storage) => new() { Space = [x], Sampler = new NeighbourSampler(), Seed = 5, Lag = 3, Storage = storage };
        double Objective(ITrial trial) => Math.Abs(trial.Suggest(x) - 1);
        await using (var alone = new Study(Options(new InMemoryStorage())))
        await using (var study = new Study(Options(_scene.Open())))
        {
            study.Optimize(Objective, 9);
            await _scene.Open().CompactAsync(Token);
            study.Optimize(Objective, 6);
            await using var other = new Study(Options(_scene.Open()));
            other.Optimize(Objective, 5);
            alone.Optimize(Objective, 20);
            Assert.Equal(alone.Trials.Select(trial => trial.Get(x)), other.Trials.Select(trial => trial.Get(x)));
        }
    }

    public void Dispose() => _scene.Dispose();

    /// <summary>All that one can see of a study's state.</summary>
    private static string StateOf(IReadOnlyList<StudyEvent> events)
    {
        var state = new StudyState(SearchSpace.Empty, events.OfType<StudyCreated>().FirstOrDefault()?.Signs ?? [1.0], new SpaceGrowth(), isRemote: true);
        foreach (var entry in events)
        {
            state.Apply(entry, 1);
        }

        var records = Enumerable.Range(0, state.Count).Select(number => state[number]);
        return string.Join("\n",
        [
            $"{state.Count} trials, {state.Proposals} proposals, next {state.NextInOrder().Number} or {state.NextAsCompleted().Number}, created {(state.Created is { } created ? EventText.Of(created) : "")}",
            .. state.Attributes.Select(pair => $"{pair}"),
            .. records.Select(record =>
                $"{EventText.Of(record.Freeze(state.Lineage))} attempt {record.Attempt} lost {record.Lost} of {record.Worker}, given {EventText.Of(record.Fixed)}, begun {EventText.Of(record.Proposed)}"),
            "by completion: " + string.Join(",", Enumerable.Range(0, state.ByCompletion.Count).Select(row => state.ByCompletion[row].Number)),
            "by number: " + string.Join(",", Enumerable.Range(0, state.ByNumber.Count).Select(row => state.ByNumber[row].Number)),
            "held: " + string.Join(",", state.Held().Select(held => $"{held.Number}/{held.Attempt}/{held.Worker}/{held.Lost}")),
        ]);
    }
}
