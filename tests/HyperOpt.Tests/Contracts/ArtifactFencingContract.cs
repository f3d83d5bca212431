using HyperOpt.Storage;
using HyperOpt.Tests.Studies;
using HyperOpt.Tests.Support;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Contracts;

/// <summary>A worker that lost its trial, or was killed, changes nothing by what it saves or has left.</summary>
public abstract class ArtifactFencingContract : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TempFolder _scratch = new();
    private readonly IStorage _storage;

    protected ArtifactFencingContract() => _storage = CreateStorage(_folder["store"]);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private StudyOptions Options => new() { Storage = _storage, Artifacts = new FileArtifactStore(_scratch.Path) };

    /// <summary>A storage of its own, with or without a use for the path.</summary>
    protected abstract IStorage CreateStorage(string path);

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        _scratch.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task ALateSaveIsRefusedAndLeavesNothing()
    {
        using var late = new Study(Options);
        using var next = new Study(Options);
        var lost = late.Ask();
        await lost.SaveCheckpointAsync(Streams.Of("before"), Token);
        await CheckpointTests.TakeAwayAsync(_storage, 0, 0);

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => lost.SaveCheckpointAsync(Streams.Of("too late"), Token).AsTask());
        Assert.Contains("trial 0 (attempt 0) has ended or was taken away", error.Message, StringComparison.Ordinal);
        Assert.Equal(["0-0-1"], Files());

        await next.RefreshAsync(Token);
        var retried = next.Ask();
        Assert.Equal("before", await retried.CheckpointAsync());
        await retried.SaveCheckpointAsync(Streams.Of("of the retry"), Token);
        await Assert.ThrowsAsync<InvalidOperationException>(() => lost.SaveCheckpointAsync(Streams.Of("much too late"), Token).AsTask());
        Assert.Equal("of the retry", await retried.CheckpointAsync());
        Assert.Equal(["0-1-1"], Files());
    }

    [Fact]
    public async Task ASaveThatTheEndOvertakesIsRefusedAndLeavesNothing()
    {
        using var study = new Study(Options);
        var trial = study.Ask();
        var source = new CallbackStream(() => study.Tell(trial, 1.0));
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => trial.SaveArtifactAsync("model", source, Token).AsTask());
        Assert.Contains("'model' was not kept", error.Message, StringComparison.Ordinal);
        Assert.Empty(study.Trials[0].Artifacts);
        Assert.Empty(Files());
        await Assert.ThrowsAsync<InvalidOperationException>(() => trial.SaveAsync("model", "after the end").AsTask());
    }

    [Fact]
    public async Task ARunGoesOnAfterATrialThatWasTakenAwayWhileItWorked()
    {
        using var study = new Study(Options);
        var taken = 0;
        await study.RunAsync(
            Objective.From(async (ITrial trial, CancellationToken token) =>
            {
                if (Interlocked.Exchange(ref taken, 1) == 0)
                {
                    await CheckpointTests.TakeAwayAsync(_storage, trial.Number, 0);
                }

                await trial.SaveCheckpointAsync(Streams.Of($"of attempt {taken}"), token);
                return trial.SuggestFloat("x", 0, 1);
            }),
            new RunOptions { StudyTrials = 3 }, Token);
        Assert.All(study.Trials, trial => Assert.Equal(TrialState.Completed, trial.State));
        Assert.Equal([1, 0, 0], study.Trials.Select(trial => trial.Retries));
        Assert.Equal(["0-1-1", "1-0-1", "2-0-1"], Files());
    }

    [Fact]
    public async Task ALateEventInTheLogHasNoEffectWhoeverReadsIt()
    {
        using var study = new Study(Options);
        study.Tell(study.Ask(), 1);
        await using var log = await _storage.OpenAsync("study", OpenMode.Open, Token);
        await log.AppendAsync([new ArtifactSaved(DateTimeOffset.UnixEpoch, 0, 0, new Artifact("late", 1, "00", "0-0-9"))], Token);
        await study.RefreshAsync(Token);
        Assert.Empty(study.Trials[0].Artifacts);
        using var reader = new Study(Options with { Mode = OpenMode.Read });
        Assert.Empty(reader.Trials[0].Artifacts);
    }

    [Fact]
    public async Task WhatKilledWorkersLeftIsCleanedAwayByALaterOne()
    {
        using var first = new Study(Options);
        var (ended, waiting, running) = (first.Ask(), first.Ask(), first.Ask());
        await ended.SaveAsync("model", "kept");
        first.Tell(ended, 1);
        await waiting.SaveCheckpointAsync(Streams.Of("kept"), Token);
        await CheckpointTests.TakeAwayAsync(_storage, 1, 0);
        await running.SaveCheckpointAsync(Streams.Of("kept"), Token);
        var folder = Directory.EnumerateDirectories(_scratch.Path).Single();
        foreach (var leftover in new[] { "0-0-8.part", "0-0-9", "1-0-7", "1-0-8.part", "2-0-9", "2-0-10.part", "7-0-1", "notes.txt" })
        {
            await File.WriteAllTextAsync(Path.Combine(folder, leftover), "left", Token);
        }

        using var later = new Study(Options);
        await later.Ask().SaveAsync("model", "new");

        // Trial 2 runs, so its unknown files may be on their way into the log; trial 7 is not known yet; notes are nobody's.
        Assert.Equal(["0-0-1", "1-0-1", "1-1-1", "2-0-1", "2-0-10.part", "2-0-9", "7-0-1", "notes.txt"], Files());
        Assert.Equal("kept", await Streams.TextAsync(later.OpenArtifact(0, "model")));
        Assert.Equal("kept", await Streams.TextAsync(later.OpenArtifact(1, Artifact.Checkpoint)));
    }

    private string[] Files() =>
        [.. Directory.EnumerateFiles(_scratch.Path, "*", SearchOption.AllDirectories).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private sealed class CallbackStream(Action whenRead) : MemoryStream("content"u8.ToArray())
    {
        private Action? _whenRead = whenRead;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            _whenRead?.Invoke();
            _whenRead = null;
            return base.ReadAsync(buffer, cancellationToken);
        }
    }
}
