using HyperOpt.Spaces;
using HyperOpt.Storage;
using HyperOpt.Tests.Studies;
using HyperOpt.Tests.Support;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Storage.Journal;

public sealed class JournalArtifactTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ArtifactsAreInAFolderBesideTheFileUnlessTheStudySaysOtherwise()
    {
        var storage = new JournalStorage(_folder["studies.journal"]);
        await using (var study = await Study.OpenAsync(new StudyOptions { Storage = storage }, Token))
        {
            await study.Ask().SaveAsync("model", "beside");
        }

        Assert.Single(Directory.GetFiles(_folder["studies.journal.artifacts"], "*", SearchOption.AllDirectories));
        await using var again = await Study.OpenAsync(new StudyOptions { Storage = new JournalStorage(_folder["studies.journal"]) }, Token);
        Assert.Equal("beside", await Streams.TextAsync(again.OpenArtifact(0, "model")));

        await using var other = await Study.OpenAsync(new StudyOptions { Name = "other", Storage = storage, Artifacts = new FileArtifactStore(_folder["elsewhere"]) }, Token);
        await other.Ask().SaveAsync("model", "elsewhere");
        Assert.Single(Directory.GetFiles(_folder["elsewhere"], "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task ACompactedJournalKnowsTheSameArtifacts()
    {
        var storage = new JournalStorage(_folder["studies.journal"]);
        var options = new StudyOptions { Storage = storage, Space = [Parameter.Float("x", 0, 1)], Sampler = new CheckpointTests.ChildSampler() };
        await using var study = await Study.OpenAsync(options, Token);
        var (parent, idle, ended) = (study.Ask(), study.Ask(), study.Ask());
        await parent.SaveCheckpointAsync(Streams.Of("the parent's"), Token);
        await ended.SaveAsync("model", "of no use");
        await idle.SaveAsync("model", "of the idle one");
        study.Tell(parent, 1);
        study.Tell(ended, 2);
        _ = study.Ask(); // goes on from the parent
        await using (var log = await storage.OpenAsync("study", OpenMode.Open, Token))
        {
            // What comes too late, and what is still needed, has no effect; whether the log is compacted or not.
            await log.AppendAsync(
                [
                    new ArtifactSaved(DateTimeOffset.UnixEpoch, 0, 0, new Artifact("late", 1, "00", "0-0-9")),
                    new ArtifactDeleted(DateTimeOffset.UnixEpoch, 0, Artifact.Checkpoint),
                    new ArtifactDeleted(DateTimeOffset.UnixEpoch, 1, "model"),
                    new ArtifactDeleted(DateTimeOffset.UnixEpoch, 2, "model"),
                ],
                Token);
        }

        string[] expected = ["0: checkpoint", "1: model"];
        await study.RefreshAsync(Token);
        Assert.Equal(expected, ArtifactsOf(study));
        await storage.CompactAsync(Token);
        await study.RefreshAsync(Token);
        Assert.Equal(expected, ArtifactsOf(study));
        await using var reader = await new StudyStore(storage).ReadAsync("study", Token);
        Assert.Equal(expected, ArtifactsOf(reader));
        Assert.Equal("the parent's", await Streams.TextAsync(reader.OpenArtifact(0, Artifact.Checkpoint)));
        await new StudyStore(storage).CopyAsync("study", new StudyStore(storage), "copy", Token);
        await using var copy = await new StudyStore(storage).ReadAsync("copy", Token);
        Assert.Equal("the parent's", await Streams.TextAsync(copy.OpenArtifact(0, Artifact.Checkpoint)));
    }

    private static IEnumerable<string> ArtifactsOf(Study study) =>
        from trial in study.Trials
        from name in trial.Artifacts.Keys
        select $"{trial.Number}: {name}";
}
