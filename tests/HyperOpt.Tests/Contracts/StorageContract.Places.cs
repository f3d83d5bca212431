using System.Collections.Immutable;
using HyperOpt.Storage;
using Xunit;

namespace HyperOpt.Tests.Contracts;

public abstract partial class StorageContract
{
    public static TheoryData<string> AwkwardNames() =>
    [
        "../../../../tmp/escaped", "..", ".", "/etc/passwd", "C:\\Windows\\x", "'; DROP TABLE hyperopt_studies; --", "\"quoted\"", "`ticks`", "%00", "a\\b", "nul", "CON", "*?<>|", "{\"event\":1}",
        "学習🧪", " spaces ", "$1 @name :name ?", "null", "study", "STUDY", "e\u0301", "é",
    ];

    // Stands for a lone surrogate: test runners pass cases on as UTF-8, which has none.
    private const string HalfAPair = "half a pair";

    public static TheoryData<string> BadNames() => ["", " ", "tab\there", "line\nbreak", "nul\0", new string('x', StudyName.MaxLength + 1), HalfAPair];

    [Fact]
    public async Task AnEmptyPlaceHasNoStudies()
    {
        var (one, other) = await TwoStoragesAsync();
        Assert.Empty(await one.ListAsync(Token));
        Assert.Empty(await other.ListAsync(Token));
        Assert.False(await one.DeleteAsync("study", Token));
        await Assert.ThrowsAsync<KeyNotFoundException>(async () => await other.RenameAsync("study", "other", Token));
    }

    [Theory]
    [InlineData(OpenMode.Open)]
    [InlineData(OpenMode.Read)]
    public async Task AMissingStudyIsOpenedByNoModeButTheOneThatCreates(OpenMode mode)
    {
        var storage = await CreateStorageAsync();
        await using var log = await OpenAsync(storage, "there");
        var missing = await Assert.ThrowsAsync<KeyNotFoundException>(async () => await OpenAsync(storage, "not there", mode));
        Assert.Contains("not there", missing.Message, StringComparison.Ordinal);
        await (await OpenAsync(storage, "there", mode)).DisposeAsync();
        Assert.Equal(["there"], await storage.ListAsync(Token));
    }

    [Theory]
    [MemberData(nameof(AwkwardNames))]
    public async Task AnyPrintableNameIsANameAndNothingElse(string name)
    {
        var (one, other) = await TwoStoragesAsync();
        await using var neighbour = await OpenAsync(one, "neighbour");
        await AppendAsync(neighbour, Alive("neighbour"));
        await using (var log = await OpenAsync(one, name))
        {
            await AppendAsync(log, Alive(name));
        }

        Assert.Equal(new[] { "neighbour", name }.Order(StringComparer.Ordinal), await other.ListAsync(Token));
        AssertSame([Alive(name)], await AllAsync(other, name));
        await other.RenameAsync(name, name + "2", Token);
        AssertSame([Alive(name)], await AllAsync(one, name + "2"));
        Assert.True(await one.DeleteAsync(name + "2", Token));
        Assert.Equal(["neighbour"], await other.ListAsync(Token));
        Assert.Empty(await ReadAsync(neighbour));
    }

    [Theory]
    [MemberData(nameof(BadNames))]
    public async Task ANameThatBreaksTheLawIsRefusedEverywhere(string name)
    {
        name = name == HalfAPair ? "half \uD83E a pair" : name;
        var storage = await CreateStorageAsync();
        await using var log = await OpenAsync(storage);
        await Assert.ThrowsAsync<ArgumentException>(async () => await OpenAsync(storage, name));
        await Assert.ThrowsAsync<ArgumentException>(async () => await storage.DeleteAsync(name, Token));
        await Assert.ThrowsAsync<ArgumentException>(async () => await storage.RenameAsync("study", name, Token));
        await Assert.ThrowsAsync<ArgumentException>(async () => await storage.RenameAsync(name, "other", Token));
        Assert.Equal(["study"], await storage.ListAsync(Token));
    }

    [Fact]
    public async Task TheLongestNameIsTaken()
    {
        var storage = await CreateStorageAsync();
        var name = string.Concat(Enumerable.Repeat("学", StudyName.MaxLength));
        await using var log = await OpenAsync(storage, name);
        await AppendAsync(log, Alive("a"));
        AssertSame([Alive("a")], await AllAsync(storage, name));
    }

    [Fact]
    public async Task StudiesAreListedInOrdinalOrder()
    {
        var (one, other) = await TwoStoragesAsync();
        string[] names = ["b", "a", "B", "ä", "10", "9", "🧪", "\uFFFD"];
        foreach (var name in names)
        {
            await (await OpenAsync(one, name)).DisposeAsync();
        }

        Assert.Equal(names.Order(StringComparer.Ordinal), await other.ListAsync(Token));
    }

    [Fact]
    public async Task StudiesDoNotShareEventsClaimsOrSpaces()
    {
        var (one, other) = await TwoStoragesAsync();
        var scene = new EventScene(6, 42).Events();
        await using var first = await OpenAsync(one, "first");
        await using var second = await OpenAsync(other, "second");
        foreach (var entry in scene)
        {
            // The same claims and the same spaces, in turn.
            await AppendAsync(first, entry);
            await AppendAsync(second, entry);
        }

        await one.DeleteAsync("first", Token);
        Assert.Empty(await ReadAsync(second));
        AssertSame(scene, await AllAsync(one, "second"));
    }

    [Fact]
    public async Task ADeletedStudyIsGoneAndWhoWorksOnItIsToldAtTheNextCall()
    {
        var (one, other) = await TwoStoragesAsync();
        await using var writer = await OpenAsync(one);
        await using var reader = await OpenAsync(other, "study", OpenMode.Read);
        await AppendAsync(writer, Taken(0));
        Assert.True(await other.DeleteAsync("study", Token));
        Assert.False(await one.DeleteAsync("study", Token));
        Assert.Empty(await one.ListAsync(Token));
        var told = await Assert.ThrowsAsync<StudyDeletedException>(async () => await writer.AppendAsync([Taken(1)], Token));
        Assert.Contains("study", told.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StudyDeletedException>(async () => await writer.ReadAsync(Token));
        await Assert.ThrowsAsync<StudyDeletedException>(async () => await reader.ReadAsync(Token));
        await Assert.ThrowsAsync<KeyNotFoundException>(async () => await OpenAsync(one, "study", OpenMode.Open));
    }

    [Fact]
    public async Task ADeletedStudyCreatedAnewIsAnotherOne()
    {
        var (one, other) = await TwoStoragesAsync();
        await using var old = await OpenAsync(one);
        await AppendAsync(old, Taken(0), Alive("old"));
        await other.DeleteAsync("study", Token);
        await using var anew = await OpenAsync(other);
        Assert.Empty(await ReadAsync(anew));
        await AppendAsync(anew, Taken(0, "new"));
        await Assert.ThrowsAsync<StudyDeletedException>(async () => await old.AppendAsync([Taken(1)], Token));
        AssertSame([Taken(0, "new")], await AllAsync(one));
    }

    [Fact]
    public async Task WhoWorksOnARenamedStudyGoesOn()
    {
        var (one, other) = await TwoStoragesAsync();
        await using var writer = await OpenAsync(one);
        await AppendAsync(writer, Taken(0));
        await other.RenameAsync("study", "better", Token);
        Assert.Equal(["better"], await one.ListAsync(Token));
        await AppendAsync(writer, Taken(1));
        AssertSame([Taken(0), Taken(1)], await AllAsync(other, "better"));
        await using var anew = await OpenAsync(one); // the old name is free
        Assert.Empty(await ReadAsync(anew));
    }

    [Fact]
    public async Task ATakenNameIsNotTakenTwice()
    {
        var (one, other) = await TwoStoragesAsync();
        await using var first = await OpenAsync(one, "first");
        await using var second = await OpenAsync(one, "second");
        await AppendAsync(second, Alive("second"));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await other.RenameAsync("first", "second", Token));
        Assert.Equal(["first", "second"], await one.ListAsync(Token));
        AssertSame([Alive("second")], await AllAsync(other, "second"));
        await Assert.ThrowsAsync<KeyNotFoundException>(async () => await other.RenameAsync("third", "fourth", Token));
    }

    [Fact]
    public async Task WritersWhoCreateAStudyAtOnceShareIt()
    {
        var (one, other) = await TwoStoragesAsync();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            await using var log = await OpenAsync(worker % 2 == 0 ? one : other, "shared");
            await AppendAsync(log, Alive($"{worker}"));
        })));
        Assert.Equal(["shared"], await one.ListAsync(Token));
        Assert.Equal(Enumerable.Range(0, 8).Select(worker => $"{worker}"), (await AllAsync(one, "shared")).Cast<WorkerAlive>().Select(alive => alive.Worker).Order());
    }

    [Fact]
    public async Task AReaderSeesTheNewsButAppendsNothing()
    {
        var (one, other) = await TwoStoragesAsync();
        await using var writer = await OpenAsync(one);
        await using var reader = await OpenAsync(other, "study", OpenMode.Read);
        await AppendAsync(writer, Alive("a"));
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(async () => await reader.AppendAsync([Alive("b")], Token));
        Assert.IsNotType<StudyDeletedException>(refused);
        AssertSame([Alive("a")], await ReadAsync(reader));
        AssertSame([Alive("a")], await AllAsync(one));
    }

    [Fact]
    public async Task AReaderNeverBlocksAWriter()
    {
        var (one, other) = await TwoStoragesAsync();
        await using var writer = await OpenAsync(one);
        var readers = new List<IStudyLog>();
        for (var i = 0; i < 8; i++)
        {
            readers.Add(await OpenAsync(other, "study", OpenMode.Read));
            await ReadAsync(readers[i]);
        }

        using var done = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var reading = readers.Select(reader => Task.Run(async () =>
        {
            var count = 0;
            while (!done.IsCancellationRequested)
            {
                count += (await ReadAsync(reader)).Length;
                await Task.Yield();
            }

            return count + (await ReadAsync(reader)).Length;
        })).ToArray();
        for (var number = 0; number < 50; number++)
        {
            await AppendAsync(writer, Taken(number)).WaitAsync(Patience, Token);
        }

        await done.CancelAsync();
        Assert.All(await Task.WhenAll(reading), count => Assert.Equal(50, count));
        foreach (var reader in readers)
        {
            await reader.DisposeAsync();
        }
    }
}
