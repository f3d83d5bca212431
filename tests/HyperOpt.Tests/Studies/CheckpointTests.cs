using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Storage;
using HyperOpt.Tests.Support;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Studies;

public sealed class CheckpointTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ATrialWithoutCheckpointAndParentBeginsAtTheBeginning()
    {
        using var study = new Study();
        var first = study.Ask();
        await first.SaveCheckpointAsync(Streams.Of("of another trial"), Token);
        Assert.Null(await study.Ask().CheckpointAsync());
    }

    [Fact]
    public async Task OnlyTheNewestCheckpointIsKept()
    {
        var store = new InMemoryArtifactStore();
        using var study = new Study(new StudyOptions { Artifacts = store });
        var trial = study.Ask();
        for (var epoch = 0; epoch < 10; epoch++)
        {
            await trial.SaveCheckpointAsync(Streams.Of($"epoch {epoch}"), Token);
            Assert.Equal($"epoch {epoch}", await trial.CheckpointAsync());
        }

        Assert.Equal("epoch 9".Length, store.Length);
        Assert.Equal([Artifact.Checkpoint], study.Trials[0].Artifacts.Keys);
    }

    [Fact]
    public async Task ARetriedTrialGoesOnFromWhereItsDeadWorkerWas()
    {
        var storage = new InMemoryStorage();
        using var dead = new Study(new StudyOptions { Storage = storage });
        var lost = dead.Ask();
        await lost.SaveCheckpointAsync(Streams.Of("epoch 7"), Token);
        await TakeAwayAsync(storage, lost.Number, 0);

        using var next = new Study(new StudyOptions { Storage = storage });
        var retried = next.Ask();
        Assert.Equal((lost.Number, 1), (retried.Number, next.Trials[0].Retries));
        Assert.Equal("epoch 7", await retried.CheckpointAsync());
        await retried.SaveCheckpointAsync(Streams.Of("epoch 8"), Token);
        Assert.Equal("epoch 8", await retried.CheckpointAsync());
    }

    [Fact]
    public async Task ATrialGoesOnFromItsParentUntilItHasACheckpointOfItsOwn()
    {
        using var study = new Study(new StudyOptions { Space = [Parameter.Float("x", 0, 1)], Sampler = new ChildSampler() });
        var parent = study.Ask();
        await parent.SaveCheckpointAsync(Streams.Of("the parent's"), Token);
        study.Tell(parent, 1);

        var child = study.Ask();
        Assert.Equal(0, child.Parent?.Number);
        Assert.Equal("the parent's", await child.CheckpointAsync());
        await child.SaveCheckpointAsync(Streams.Of("its own"), Token);
        Assert.Equal("its own", await child.CheckpointAsync());
        Assert.Equal("the parent's", await Streams.TextAsync(study.OpenArtifact(0, Artifact.Checkpoint)));
    }

    [Fact]
    public async Task ACheckpointThatIsReplacedWhileItIsOpenedIsOpenedAnew()
    {
        var store = new InterruptedStore();
        using var study = new Study(new StudyOptions { Artifacts = store });
        var trial = study.Ask();
        await trial.SaveCheckpointAsync(Streams.Of("old"), Token);
        store.BeforeOpen = () => trial.SaveCheckpointAsync(Streams.Of("new"), Token);
        Assert.Equal("new", await Streams.TextAsync(study.OpenArtifact(0, Artifact.Checkpoint)));
    }

    [Fact]
    public async Task AStudyThatIsOpenedAgainHasTheCheckpoints()
    {
        using var scratch = new TempFolder();
        var options = new StudyOptions { Storage = new InMemoryStorage(), Artifacts = new FileArtifactStore(scratch.Path) };
        await using (var first = await Study.OpenAsync(options, Token))
        {
            await first.Ask().SaveCheckpointAsync(Streams.Of("kept"), Token);
        }

        await using var second = await Study.OpenAsync(options, Token);
        Assert.Equal("kept", await Streams.TextAsync(second.OpenArtifact(0, Artifact.Checkpoint)));
    }

    /// <summary>Does to a trial what a lease that runs out does.</summary>
    internal static async Task TakeAwayAsync(IStorage storage, int trial, int attempt)
    {
        await using var log = await storage.OpenAsync("study", OpenMode.Open, Token);
        Assert.True((await log.AppendAsync([new TrialReleased(DateTimeOffset.UnixEpoch, trial, attempt, "its worker died", true)], Token)).IsAccepted);
    }

    /// <summary>Each trial goes on from the first.</summary>
    internal sealed class ChildSampler : ISampler
    {
        public Proposal Propose(SearchSpace space, TrialHistory history, Random random) =>
            new([random.NextDouble()], history.Count > 0 ? 0 : null);
    }

    private sealed class InterruptedStore : IArtifactStore
    {
        private readonly InMemoryArtifactStore _inner = new();

        public Func<ValueTask>? BeforeOpen { get; set; }

        public ValueTask WriteAsync(string study, string key, Stream content, CancellationToken token) => _inner.WriteAsync(study, key, content, token);

        public async ValueTask<Stream?> OpenAsync(string study, string key, CancellationToken token)
        {
            var interrupt = BeforeOpen;
            BeforeOpen = null;
            await (interrupt?.Invoke() ?? ValueTask.CompletedTask);
            return await _inner.OpenAsync(study, key, token);
        }

        public ValueTask DeleteAsync(string study, string key, CancellationToken token) => _inner.DeleteAsync(study, key, token);

        public ValueTask<System.Collections.Immutable.ImmutableArray<string>> ListAsync(string study, CancellationToken token) => _inner.ListAsync(study, token);
    }
}
