using System.Collections.Immutable;
using HyperOpt.Spaces;
using HyperOpt.Storage;
using HyperOpt.Tests.Support;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Studies;

public sealed class ArtifactPolicyTests : IDisposable
{
    private readonly TempFolder _scratch = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task AllAreKeptUnlessAPolicySaysOtherwise()
    {
        using var study = new Study();
        await RunAsync(study, 20, 1);
        Assert.Equal(20, study.Trials.Count(trial => !trial.Artifacts.IsEmpty));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task OverTwoHundredTrialsTheDiskHoldsTheBestAndTheRunningOnes(int parallelism)
    {
        var options = new StudyOptions { Artifacts = new FileArtifactStore(_scratch.Path), ArtifactPolicy = ArtifactPolicy.KeepBest(5), Direction = Direction.Maximize };
        using var study = new Study(options);
        var largest = 0;
        await RunAsync(study, 200, parallelism, () => InterlockedMax(ref largest, FileCount()));

        // Per worker: its old checkpoint beside the new one and its model, and those of a trial that has ended but not been judged.
        Assert.InRange(largest, 10, 2 * 5 + 5 * parallelism);
        var best = study.Trials.OrderByDescending(trial => trial.Value).Take(5).Select(trial => trial.Number).Order();
        Assert.Equal(best, study.Trials.Where(trial => !trial.Artifacts.IsEmpty).Select(trial => trial.Number));
        Assert.Equal(10, FileCount());
        foreach (var number in best)
        {
            Assert.Equal($"model {number}", await Streams.TextAsync(study.OpenArtifact(number, "model")));
            Assert.Equal($"epoch 2 of {number}", await Streams.TextAsync(study.OpenArtifact(number, Artifact.Checkpoint)));
        }
    }

    [Fact]
    public async Task TwoThatDeleteAtOnceDoNotDisturbEachOther()
    {
        var storage = new InMemoryStorage();
        var options = new StudyOptions { Storage = storage, Artifacts = new FileArtifactStore(_scratch.Path), ArtifactPolicy = ArtifactPolicy.KeepBest(3) };
        using var one = new Study(options);
        using var other = new Study(options);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(
            () => RunAsync(worker % 2 == 0 ? one : other, 30, 1, reproducible: false), Token)));
        await one.RefreshAsync(Token);
        await other.RefreshAsync(Token);
        Assert.Equal(120, one.Trials.Count);
        var kept = one.Trials.Where(trial => !trial.Artifacts.IsEmpty).Select(trial => trial.Number).ToList();
        Assert.Equal(one.Trials.OrderBy(trial => trial.Value).Take(3).Select(trial => trial.Number).Order(), kept);
        Assert.Equal(6, FileCount());
        foreach (var number in kept)
        {
            Assert.Equal($"model {number}", await Streams.TextAsync(other.OpenArtifact(number, "model")));
        }

        // One deletion for each artifact that is gone, or two where both had it in mind: the second has no effect.
        await using var log = await storage.OpenAsync("study", OpenMode.Read, Token);
        var deleted = (await log.ReadAsync(Token)).Events.ToArray().OfType<ArtifactDeleted>().Select(entry => (entry.Number, entry.Name)).ToList();
        Assert.Equal(2 * 117, deleted.Distinct().Count());
    }

    [Fact]
    public async Task TrialsWithoutAValueKeepNothing()
    {
        using var study = new Study(new StudyOptions { ArtifactPolicy = ArtifactPolicy.KeepBest(5) });
        foreach (var end in new Action<ITrial>[] { trial => study.TellFailed(trial), trial => study.TellPruned(trial) })
        {
            var trial = study.Ask();
            await trial.SaveAsync("model", "x");
            end(trial);
        }

        var infeasible = study.Ask();
        infeasible.SetConstraints(1);
        await infeasible.SaveAsync("model", "x");
        study.Tell(infeasible, 0.5);
        Assert.All(study.Trials, trial => Assert.Empty(trial.Artifacts));
    }

    [Fact]
    public async Task WhatRunsOrWaitsKeepsItsOwn()
    {
        using var study = new Study(new StudyOptions { ArtifactPolicy = ArtifactPolicy.KeepBest(0) });
        var (running, ended) = (study.Ask(), study.Ask());
        await running.SaveCheckpointAsync(Streams.Of("running"), Token);
        await ended.SaveCheckpointAsync(Streams.Of("ended"), Token);
        study.Tell(ended, 1);
        Assert.Equal("running", await running.CheckpointAsync());
        Assert.Empty(study.Trials[1].Artifacts);
        study.Tell(running, 2);
        Assert.Empty(study.Trials[0].Artifacts);
        Assert.Empty(study.Best.Artifacts);
    }

    [Fact]
    public async Task AParentKeepsItsOwnWhileATrialGoesOnFromIt()
    {
        using var study = new Study(new StudyOptions
        {
            Space = [Parameter.Float("x", 0, 1)],
            Sampler = new CheckpointTests.ChildSampler(),
            ArtifactPolicy = ArtifactPolicy.KeepBest(1),
        });
        var parent = study.Ask();
        await parent.SaveCheckpointAsync(Streams.Of("the parent's"), Token);
        study.Tell(parent, 9);
        var (child, better) = (study.Ask(), study.Ask());
        await better.SaveCheckpointAsync(Streams.Of("better"), Token);
        study.Tell(better, 1);
        Assert.Equal("the parent's", await child.CheckpointAsync());
        study.Tell(child, 5);
        Assert.Equal([1 + 1], study.Trials.Where(trial => !trial.Artifacts.IsEmpty).Select(trial => trial.Number));
    }

    [Fact]
    public async Task ADeletionThatComesAfterAChildBeganHasNoEffect()
    {
        var storage = new InMemoryStorage();
        var options = new StudyOptions { Storage = storage, Space = [Parameter.Float("x", 0, 1)], Sampler = new CheckpointTests.ChildSampler() };
        using var study = new Study(options);
        var parent = study.Ask();
        await parent.SaveCheckpointAsync(Streams.Of("the parent's"), Token);
        study.Tell(parent, 9);
        var child = study.Ask();

        // Another process made up its mind before it heard of the child.
        await using var log = await storage.OpenAsync("study", OpenMode.Open, Token);
        await log.AppendAsync([new ArtifactDeleted(DateTimeOffset.UnixEpoch, 0, Artifact.Checkpoint)], Token);
        await study.RefreshAsync(Token);
        Assert.Equal("the parent's", await child.CheckpointAsync());
    }

    [Fact]
    public async Task OfEqualsTheBestTrialOfTheStudyIsKept()
    {
        using var study = new Study(new StudyOptions { ArtifactPolicy = ArtifactPolicy.KeepBest(1) });
        var (first, second) = (study.Ask(), study.Ask());
        await first.SaveAsync("model", "first");
        await second.SaveAsync("model", "second");
        study.Tell(second, 1);
        study.Tell(first, 1);
        Assert.Equal(0, study.Best.Number);
        Assert.Equal("first", await Streams.TextAsync(study.OpenArtifact(study.Best.Number, "model")));
        Assert.Empty(study.Trials[1].Artifacts);
    }

    [Fact]
    public async Task WithSeveralObjectivesWhatNoOtherDominatesIsBest()
    {
        using var study = new Study(new StudyOptions
        {
            Directions = [Direction.Minimize, Direction.Maximize],
            ArtifactPolicy = ArtifactPolicy.KeepBest(3),
        });
        ImmutableArray<(double, double)> values = [(5, 5), (1, 1), (6, 4), (2, 9), (3, 8)];
        foreach (var (low, high) in values)
        {
            var trial = study.Ask();
            await trial.SaveAsync("model", "x");
            study.Tell(trial, low, high);
        }

        // (1, 1) and (2, 9) are not dominated; then comes (3, 8), which dominates (5, 5).
        Assert.Equal([1, 3, 4], study.Trials.Where(trial => !trial.Artifacts.IsEmpty).Select(trial => trial.Number));
    }

    [Fact]
    public void ANegativeNumberIsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => ArtifactPolicy.KeepBest(-1));

    private static async Task RunAsync(Study study, int trials, int parallelism, Action? look = null, bool reproducible = true) => await study.OptimizeAsync(
        async (trial, token) =>
        {
            var x = trial.Suggest(Parameter.Float("x", 0, 1));
            for (var epoch = 0; epoch < 3; epoch++)
            {
                await trial.SaveCheckpointAsync(Streams.Of($"epoch {epoch} of {trial.Number}"), token);
                look?.Invoke();
            }

            await trial.SaveAsync("model", $"model {trial.Number}");
            look?.Invoke();
            return x;
        },
        new RunOptions { Trials = trials, Parallelism = parallelism, Reproducible = reproducible },
        Token);

    private int FileCount() => Directory.EnumerateFiles(_scratch.Path, "*", SearchOption.AllDirectories).Count();

    private static void InterlockedMax(ref int largest, int value)
    {
        var seen = Volatile.Read(ref largest);
        while (value > seen && Interlocked.CompareExchange(ref largest, value, seen) is var before && before != seen)
        {
            seen = before;
        }
    }
}
