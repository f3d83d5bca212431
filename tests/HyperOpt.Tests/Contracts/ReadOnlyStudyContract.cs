using HyperOpt.Spaces;
using HyperOpt.Storage;
using HyperOpt.Tests.Support;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Contracts;

/// <summary>What who only looks at a study sees and cannot do, on any storage.</summary>
public abstract class ReadOnlyStudyContract : IDisposable
{
    private readonly TempFolder _scratch = new();
    private readonly InMemoryArtifactStore _artifacts = new();
    private readonly IStorage _storage;

    protected ReadOnlyStudyContract() => _storage = CreateStorage(_scratch["store"]);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A storage of its own, with or without a use for the path.</summary>
    protected abstract IStorage CreateStorage(string path);

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => _scratch.Dispose();

    private StudyOptions Reading => new() { Storage = _storage, Artifacts = _artifacts, Mode = OpenMode.Read };

    [Fact]
    public async Task EverythingIsReadableWithoutKnowingWhatTheStudyIs()
    {
        using var study = new Study(new StudyOptions { Storage = _storage, Artifacts = _artifacts, Direction = Direction.Maximize, Seed = 9, Space = [Parameter.Float("x", 0, 1)] });
        study.Optimize(trial =>
        {
            trial.SaveArtifact("model", Streams.Of($"model {trial.Number}"));
            return trial.SuggestFloat("x", 0, 1);
        }, trials: 10);
        study.SetAttribute("note", "text");

        using var reader = new Study(Reading);
        Assert.Equal((9UL, Direction.Maximize), (reader.Seed, Assert.Single(reader.Directions)));
        Assert.Equal(study.Best.Number, reader.Best.Number);
        Assert.Equal(study.Trials.Select(StudyScript.Describe), reader.Trials.Select(StudyScript.Describe));
        Assert.Equal("x", Assert.Single(reader.Space).Name);
        Assert.Equal("text", reader.Attributes["note"].Text);
        Assert.Equal($"model {study.Best.Number}", await Streams.TextAsync(reader.OpenArtifact(reader.Best.Number, "model")));
    }

    [Fact]
    public async Task SeveralObjectivesAreReadableToo()
    {
        using var study = new Study(new StudyOptions { Storage = _storage, Directions = [Direction.Minimize, Direction.Maximize] });
        study.Tell(study.Ask(), 1, 2);
        study.Tell(study.Ask(), 2, 1);
        await using var reader = await new StudyStore(_storage).ReadAsync("study", Token);
        Assert.Equal(0, Assert.Single(reader.ParetoFront).Number);
        Assert.Equal(study.Directions, reader.Directions);
    }

    [Fact]
    public async Task NewsIsSeenWhenItIsAskedForByReadersAndOtherObjectsAlike()
    {
        using var study = new Study(new StudyOptions { Storage = _storage });
        using var reader = new Study(Reading);
        using var second = new Study(new StudyOptions { Storage = _storage });
        study.Tell(study.Ask(), 1);
        foreach (var other in new IStudy[] { reader, second })
        {
            Assert.Empty(other.Trials);
            await other.RefreshAsync(Token);
            Assert.Equal(1, Assert.Single(other.Trials).Value);
        }
    }

    [Fact]
    public async Task NothingCanBeDoneWithItAndTheErrorSaysHowItCould()
    {
        using var study = new Study(new StudyOptions { Storage = _storage });
        study.Enqueue();
        using var reader = new Study(Reading);
        var x = Parameter.Float("x", 0, 1);
        foreach (var attempt in new Action[]
        {
            () => reader.Ask(),
            () => reader.Enqueue(x.Is(0.5)),
            () => reader.SetAttribute("note", "text"),
            () => reader.Optimize(trial => trial.Suggest(x)),
            () => reader.OptimizeAsync((trial, _) => Task.FromResult(trial.Suggest(x)), new RunOptions { Parallelism = 3, Reproducible = false }, Token).GetAwaiter().GetResult(),
        })
        {
            var error = Assert.Throws<InvalidOperationException>(attempt);
            Assert.Equal("A study opened for reading only takes no events, but one was appended to 'study'. Open it with OpenMode.Open.", error.Message);
        }

        var trial = study.Ask();
        await Assert.ThrowsAsync<ArgumentException>(() => reader.TellAsync(trial, 1.0).AsTask());
    }

    [Fact]
    public async Task TheLogIsAsItWasAfterAReaderHasComeAndGone()
    {
        using var study = new Study(new StudyOptions { Storage = _storage, Artifacts = _artifacts, ArtifactPolicy = ArtifactPolicy.KeepBest(1) });
        var running = study.Ask();
        await running.SaveAsync("model", "x");
        var before = await CountAsync();
        await using (var reader = await Study.OpenAsync(Reading with { ArtifactPolicy = ArtifactPolicy.KeepBest(0) }, Token))
        {
            await reader.RefreshAsync(Token);
            _ = reader.Trials.ToList();
        }

        Assert.Equal(before, await CountAsync());
        study.Tell(running, 1);
        Assert.Equal("x", await Streams.TextAsync(study.OpenArtifact(0, "model")));
    }

    [Fact]
    public async Task AStudyThatIsNotThereOrNotYetCreatedIsAClearErrorAndIsNotCreated()
    {
        Assert.Throws<KeyNotFoundException>(() => new Study(Reading));
        Assert.Empty(await _storage.ListAsync(Token));

        // Another process has opened the log, and is about to write its first event.
        await using var log = await _storage.OpenAsync("study", OpenMode.OpenOrCreate, Token);
        Assert.Throws<KeyNotFoundException>(() => new Study(Reading));
        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public async Task AStudyThatIsDeletedIsAClearErrorAtTheNextRefresh()
    {
        using var study = new Study(new StudyOptions { Storage = _storage });
        using var reader = new Study(Reading);
        await _storage.DeleteAsync("study", Token);
        await Assert.ThrowsAsync<StudyDeletedException>(() => reader.RefreshAsync(Token).AsTask());
    }

    private async Task<int> CountAsync()
    {
        await using var log = await _storage.OpenAsync("study", OpenMode.Read, Token);
        return (await log.ReadAsync(Token)).Events.Length;
    }
}
