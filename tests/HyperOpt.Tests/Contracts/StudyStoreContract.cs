using HyperOpt.Storage;
using HyperOpt.Tests.Support;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Contracts;

/// <summary>What is done with whole studies, on any storage.</summary>
public abstract class StudyStoreContract : IDisposable
{
    private readonly TempFolder _scratch = new();
    private readonly StudyStore _store;

    protected StudyStoreContract() => _store = new StudyStore(CreateStorage(_scratch["store"]), new FileArtifactStore(_scratch["artifacts"]));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A storage of its own, with or without a use for the path.</summary>
    protected abstract IStorage CreateStorage(string path);

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => _scratch.Dispose();

    [Fact]
    public async Task StudiesAreCreatedListedAndOpened()
    {
        Assert.Empty(await _store.ListAsync(Token));
        await Assert.ThrowsAsync<KeyNotFoundException>(() => _store.OpenAsync(new StudyOptions { Name = "b" }, Token).AsTask());
        Assert.Empty(await _store.ListAsync(Token));
        await using (var created = await _store.OpenOrCreateAsync(new StudyOptions { Name = "b", Seed = 5 }, Token))
        {
            created.Tell(created.Ask(), 1);
        }

        await using var opened = await _store.OpenAsync(new StudyOptions { Name = "b" }, Token);
        Assert.Equal((5UL, 1), (opened.Seed, opened.Trials.Count));
        await using var other = await _store.OpenOrCreateAsync(new StudyOptions { Name = "a" }, Token);
        Assert.Equal(["a", "b"], [.. await _store.ListAsync(Token)]);
    }

    [Fact]
    public async Task AStudyIsRenamedUnderARunningWorkerAndKeepsItsArtifacts()
    {
        await using var study = await CreateAsync("old");
        var trial = study.Ask();
        await trial.SaveAsync("model", "saved before");
        await _store.RenameAsync("old", "new", Token);
        await trial.SaveAsync("log", "saved after");
        study.Tell(trial, 1);
        Assert.Equal(["new"], [.. await _store.ListAsync(Token)]);
        await using var renamed = await _store.ReadAsync("new", Token);
        Assert.Equal("saved before", await Streams.TextAsync(renamed.OpenArtifact(0, "model")));
        Assert.Equal("saved after", await Streams.TextAsync(renamed.OpenArtifact(0, "log")));

        await using var another = await CreateAsync("old");
        await Assert.ThrowsAsync<InvalidOperationException>(() => _store.RenameAsync("old", "new", Token).AsTask());
        await Assert.ThrowsAsync<KeyNotFoundException>(() => _store.RenameAsync("none", "x", Token).AsTask());
    }

    [Fact]
    public async Task ADeletedStudyTakesItsArtifactsAlongAndTellsItsWorkers()
    {
        await using var study = await CreateAsync("doomed");
        await using var other = await CreateAsync("other");
        var (trial, kept) = (study.Ask(), other.Ask());
        await trial.SaveAsync("model", "gone");
        await kept.SaveAsync("model", "kept");
        Assert.True(await _store.DeleteAsync("doomed", Token));
        Assert.False(await _store.DeleteAsync("doomed", Token));
        Assert.Equal(["other"], [.. await _store.ListAsync(Token)]);
        Assert.Equal("kept", await File.ReadAllTextAsync(Assert.Single(Files()), Token));
        Assert.Throws<StudyDeletedException>(() => study.Tell(trial, 1));
        await Assert.ThrowsAnyAsync<InvalidOperationException>(() => trial.SaveAsync("late", "x").AsTask());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task ACopyIsTheSameStudyHereAndThere(int seed)
    {
        var steps = Enumerable.Range(0, 80).Select(i => (int)((uint)(i * 2654435761L + seed * 40503L) % 1000)).ToArray();
        var memory = new StudyStore(new InMemoryStorage());
        using var study = StudyScript.Create(memory.Storage, steps);
        await memory.CopyAsync("study", _store, "here", Token);
        await _store.CopyAsync("here", memory, "and back", Token);
        await AssertSameAsync(study, _store, "here");
        await AssertSameAsync(study, memory, "and back");
    }

    private static async Task AssertSameAsync(Study study, StudyStore store, string name)
    {
        await using var copy = await store.ReadAsync(name, Token);
        Assert.Equal(study.Trials.Select(StudyScript.Transplanted).Select(StudyScript.Describe), copy.Trials.Select(StudyScript.Describe));
        foreach (var trial in study.Trials)
        {
            Assert.Equal(trial.Artifacts.AsEnumerable(), copy.Trials[trial.Number].Artifacts);
            foreach (var artifact in trial.Artifacts.Keys)
            {
                Assert.Equal(await Streams.TextAsync(study.OpenArtifact(trial.Number, artifact)), await Streams.TextAsync(copy.OpenArtifact(trial.Number, artifact)));
            }
        }
    }

    [Fact]
    public async Task ACopyAndItsOriginalGoTheirOwnWays()
    {
        await using var study = await CreateAsync("study");
        var trial = study.Ask();
        await trial.SaveCheckpointAsync(Streams.Of("of both"), Token);
        await _store.CopyAsync("study", _store, "copy", Token);
        await using var copy = await _store.OpenAsync(new StudyOptions { Name = "copy" }, Token);
        var retried = copy.Ask();
        Assert.Equal("of both", await retried.CheckpointAsync());
        await retried.SaveCheckpointAsync(Streams.Of("of the copy"), Token);
        Assert.Equal("of both", await trial.CheckpointAsync());
        Assert.True(await _store.DeleteAsync("copy", Token));
        Assert.Equal("of both", await trial.CheckpointAsync());
    }

    [Fact]
    public async Task ACopyHasOnlyTheArtifactsThatCameAlong()
    {
        await using var study = await CreateAsync("study");
        await study.Ask().SaveAsync("model", "weights");
        await _store.CopyAsync("study", new StudyStore(_store.Storage, new InMemoryArtifactStore()), "with", Token);
        await _store.CopyAsync("study", new StudyStore(new BareStorage(_store.Storage)), "without", Token);
        File.Delete(Files().Single());
        await _store.CopyAsync("study", _store, "too late", Token);
        await using var with = await _store.ReadAsync("with", Token);
        await using var without = await _store.ReadAsync("without", Token);
        await using var late = await _store.ReadAsync("too late", Token);
        Assert.Equal((1, 0, 0), (with.Trials[0].Artifacts.Count, without.Trials[0].Artifacts.Count, late.Trials[0].Artifacts.Count));
    }

    [Fact]
    public async Task ANameThatIsTakenIsRefusedAndLeavesNothing()
    {
        await using var study = await CreateAsync("study");
        await using var other = await CreateAsync("other");
        await study.Ask().SaveAsync("model", "weights");
        await Assert.ThrowsAsync<InvalidOperationException>(() => _store.CopyAsync("study", _store, "other", Token).AsTask());
        await Assert.ThrowsAsync<InvalidOperationException>(() => _store.CopyAsync("study", _store, token: Token).AsTask());
        Assert.Single(Files());
        Assert.Empty(other.Trials);
        await Assert.ThrowsAsync<KeyNotFoundException>(() => _store.CopyAsync("none", _store, "x", Token).AsTask());
    }

    [Fact]
    public async Task OfAStudyThatRunsACopyHasAllThatHadHappenedAtOneMoment()
    {
        await using var study = await CreateAsync("study");
        var run = Task.Run(
            () => study.OptimizeAsync(
                async (trial, token) =>
                {
                    await trial.SaveCheckpointAsync(Streams.Of($"checkpoint {trial.Number}"), token);
                    await trial.SaveCheckpointAsync(Streams.Of($"checkpoint {trial.Number}"), token);
                    return trial.SuggestFloat("x", 0, 1);
                },
                new RunOptions { Trials = 300, Parallelism = 4, Reproducible = false }, Token), Token);
        var copies = 0;
        while (!run.IsCompleted)
        {
            await _store.CopyAsync("study", _store, $"copy {copies++}", Token);
        }

        await run;
        Assert.InRange(copies, 1, int.MaxValue);
        for (var i = 0; i < copies; i++)
        {
            await using var copy = await _store.ReadAsync($"copy {i}", Token);
            Assert.All(copy.Trials, trial => Assert.NotEqual(TrialState.Running, trial.State));
            var ended = copy.Trials.Where(trial => trial.State == TrialState.Completed).ToList();
            Assert.Equal(ended.Select(trial => study.Trials[trial.Number].Value), ended.Select(trial => trial.Value));
            foreach (var trial in copy.Trials.Where(trial => !trial.Artifacts.IsEmpty))
            {
                Assert.Equal($"checkpoint {trial.Number}", await Streams.TextAsync(copy.OpenArtifact(trial.Number, Artifact.Checkpoint)));
            }
        }
    }

    private ValueTask<Study> CreateAsync(string name) => _store.OpenOrCreateAsync(new StudyOptions { Name = name }, Token);

    private string[] Files() => Directory.Exists(_scratch["artifacts"]) ? Directory.GetFiles(_scratch["artifacts"], "*", SearchOption.AllDirectories) : [];
}
