using System.Security.Cryptography;
using System.Text;
using HyperOpt.Spaces;
using HyperOpt.Storage;
using HyperOpt.Tests.Support;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Studies;

public sealed class ArtifactTests
{
    [Fact]
    public async Task AnArtifactIsListedWithLengthAndHashAndOpenedByTrialAndName()
    {
        using var study = new Study();
        var trial = study.Ask();
        await trial.SaveAsync("model", "weights");
        study.Tell(trial, 1.5);
        var artifact = Assert.Single(study.Trials[0].Artifacts).Value;
        Assert.Equal(new Artifact("model", 7, Convert.ToHexStringLower(SHA256.HashData("weights"u8)), "0-0-1"), artifact);
        Assert.Equal("weights", await Streams.TextAsync(await study.OpenArtifactAsync(0, "model", TestContext.Current.CancellationToken)));
        Assert.Equal(artifact, Assert.Single(study.Best.Artifacts).Value);
    }

    [Fact]
    public void SynchronousObjectivesSaveAndOpenToo()
    {
        using var study = new Study();
        study.Optimize(trial =>
        {
            trial.SaveCheckpoint(Streams.Of("half"));
            using var checkpoint = trial.OpenCheckpoint()!;
            trial.SaveArtifact("copy", checkpoint);
            return trial.Suggest(Parameter.Float("x", 0, 1));
        }, trials: 3);
        using var reader = new StreamReader(study.OpenArtifact(2, "copy"));
        Assert.Equal("half", reader.ReadToEnd());
    }

    [Fact]
    public async Task AnArtifactOfTheSameNameReplacesTheOneBefore()
    {
        var store = new InMemoryArtifactStore();
        using var study = new Study(new StudyOptions { Artifacts = store });
        var trial = study.Ask();
        await trial.SaveAsync("log", "first");
        await trial.SaveAsync("log", "second!");
        Assert.Equal("second!", await Streams.TextAsync(study.OpenArtifact(0, "log")));
        Assert.Equal(7, store.Length);
    }

    [Theory]
    [InlineData("../../escape")]
    [InlineData("/etc/passwd")]
    [InlineData("C:\\Windows\\x")]
    [InlineData("con")]
    [InlineData("..")]
    [InlineData("a\0b\n")]
    [InlineData("größe/模型/💥")]
    [InlineData("checkpoint.part")]
    [InlineData("=cmd|' /C calc'!A0")]
    public async Task ANameIsAnyTextAndNeverAPath(string name)
    {
        using var scratch = new TempFolder();
        var folder = scratch["artifacts"];
        using var study = new Study(new StudyOptions { Name = "../" + scratch["escaped"], Artifacts = new FileArtifactStore(folder) });
        var trial = study.Ask();
        await trial.SaveAsync(name, "content");
        await trial.SaveAsync(new string('名', Artifact.MaxNameLength), "long");
        study.Tell(trial, 1);
        Assert.Equal("content", await Streams.TextAsync(study.OpenArtifact(0, name)));
        Assert.Equal([folder], Directory.EnumerateFileSystemEntries(scratch.Path));
        Assert.All(
            Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Select(Path.GetFileName),
            file => Assert.Matches("^(study-[0-9a-f]{32}|0-0-[12])$", file!));
    }

    [Theory]
    [InlineData("", "0 characters")]
    [InlineData("  ", "2 characters")]
    [InlineData("\ud800", "well-formed")]
    public async Task ANameThatIsNoTextIsRefused(string name, string facts)
    {
        using var study = new Study();
        var error = await Assert.ThrowsAsync<ArgumentException>(() => study.Ask().SaveAsync(name, "x").AsTask());
        Assert.Contains(facts, error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => study.Ask().SaveAsync(new string('a', 201), "x").AsTask());
    }

    [Fact]
    public async Task WhatIsNotThereIsAClearError()
    {
        using var study = new Study();
        study.Tell(study.Ask(), 1);
        var error = await Assert.ThrowsAsync<KeyNotFoundException>(() => study.OpenArtifactAsync(0, "model", TestContext.Current.CancellationToken).AsTask());
        Assert.Equal(
            "An artifact is opened by a name that its trial has, but trial 0 of study 'study' has no 'model'. Look at FrozenTrial.Artifacts; the policy may have deleted it.", error.Message);
        await Assert.ThrowsAsync<KeyNotFoundException>(() => study.OpenArtifactAsync(1, "model", TestContext.Current.CancellationToken).AsTask());
        await Assert.ThrowsAsync<KeyNotFoundException>(() => study.OpenArtifactAsync(-1, "model", TestContext.Current.CancellationToken).AsTask());
    }

    [Fact]
    public async Task AFileThatWasChangedOrRemovedByHandIsAClearError()
    {
        using var scratch = new TempFolder();
        using var study = new Study(new StudyOptions { Artifacts = new FileArtifactStore(scratch.Path) });
        await study.Ask().SaveAsync("model", "weights");
        var file = Directory.EnumerateFiles(scratch.Path, "*", SearchOption.AllDirectories).Single();
        await File.WriteAllTextAsync(file, "Weights", TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<InvalidDataException>(() => Streams.BytesAsync(study.OpenArtifact(0, "model")));
        await File.WriteAllTextAsync(file, "weight", TestContext.Current.CancellationToken);
        Assert.Throws<InvalidDataException>(() => study.OpenArtifact(0, "model"));
        File.Delete(file);
        var error = Assert.Throws<FileNotFoundException>(() => study.OpenArtifact(0, "model"));
        Assert.Contains("'model' of trial 0 (7 bytes, key 0-0-1)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASourceThatBreaksKeepsWhatWasThere()
    {
        using var study = new Study();
        var trial = study.Ask();
        await trial.SaveCheckpointAsync(Streams.Of("good"), TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<IOException>(
            () => trial.SaveCheckpointAsync(new OddStream(Encoding.UTF8.GetBytes("better than that"), breaksAt: 5), TestContext.Current.CancellationToken).AsTask());
        Assert.Equal("good", await trial.CheckpointAsync());
    }

    [Fact]
    public async Task AStorageWithoutAStoreSaysWhatToSet()
    {
        using var study = new Study(new StudyOptions { Storage = new BareStorage(new InMemoryStorage()) });
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => study.Ask().SaveAsync("model", "weights").AsTask());
        Assert.Contains("the storage of study 'study' has none. Set StudyOptions.Artifacts", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StudiesOfOneFolderDoNotMeet()
    {
        using var scratch = new TempFolder();
        var options = new StudyOptions { Storage = new InMemoryStorage(), Artifacts = new FileArtifactStore(scratch.Path), Seed = 1 };
        using var one = new Study(options with { Name = "one" });
        using var other = new Study(options with { Name = "other" });
        await one.Ask().SaveAsync("model", "of one");
        await other.Ask().SaveAsync("model", "of the other");
        Assert.Equal("of one", await Streams.TextAsync(one.OpenArtifact(0, "model")));
        Assert.Equal("of the other", await Streams.TextAsync(other.OpenArtifact(0, "model")));
    }
}
