using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Storage;
using HyperOpt.Tests.Support;
using HyperOpt.Trials;
using Xunit;
using static HyperOpt.Tests.Support.PopulationScene;

namespace HyperOpt.Tests.Studies;

/// <summary>What a training function forgets is an error that names it.</summary>
public sealed class PopulationDutyTests
{
    private const int Enough = 40;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void WhoForgetsToOpenTheCheckpointIsCaught()
    {
        var error = Caught(trial =>
        {
            var weight = Create(trial); // each time anew
            var loss = Step(weight, trial);
            trial.SaveCheckpoint(new MemoryStream(Bytes(weight)));
            return loss;
        });
        Assert.Contains("trial 4 never opened that of trial", error, StringComparison.Ordinal);
        Assert.Contains("Call OpenCheckpointAsync", error, StringComparison.Ordinal);
    }

    [Fact]
    public void WhoOpensTheCheckpointAndForgetsToReadItIsCaught()
    {
        var error = Caught(trial =>
        {
            using var checkpoint = trial.OpenCheckpoint();
            var weight = Create(trial);
            var loss = Step(weight, trial);
            trial.SaveCheckpoint(new MemoryStream(Bytes(weight)));
            return loss;
        });
        Assert.Contains("trial 4 read nothing of that of trial", error, StringComparison.Ordinal);
    }

    [Fact]
    public void WhoForgetsToLoadIsCaughtInTheConvenientFormToo()
    {
        using var study = new Study(Options());
        var error = Assert.Throws<InvalidOperationException>(() => study.TrainPopulation(Create, Step, Save, (trial, _) => Create(trial), Enough));
        Assert.Contains("trial 4 read nothing of that of trial", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhoForgetsToSaveIsCaughtInTheFirstTrial()
    {
        var error = Caught(trial => Step(Create(trial), trial));
        Assert.Contains("trial 0 saved none. Call SaveCheckpointAsync", error, StringComparison.Ordinal);
    }

    [Fact]
    public void WhoKeepsTheHyperparametersOfTheCheckpointIsCaught()
    {
        // The rate is chosen when a member is made, and comes back with what is loaded.
        using var study = new Study(Options() with { Space = [Rate] });
        var error = Assert.Throws<InvalidOperationException>(() => study.TrainPopulation(
            trial => new Weight { Value = 3, Rate = trial.Suggest(Rate) },
            (weight, _) =>
            {
                weight.Value -= weight.Rate * weight.Value;
                return weight.Value * weight.Value;
            },
            Save,
            Load,
            Enough)).Message;
        Assert.Contains("did not ask for 'rate' (", error, StringComparison.Ordinal);
        Assert.Contains("after it had read the checkpoint", error, StringComparison.Ordinal);
        AssertFailed(study, error);
    }

    [Fact]
    public void WhoAsksOnlyBeforeLoadingIsCaught()
    {
        // As a program does that sets up everything from the new hyperparameters, and then restores everything from the checkpoint.
        using var study = new Study(Options() with { Space = [Rate] });
        var error = Assert.Throws<InvalidOperationException>(() => study.Optimize(
            trial =>
            {
                var weight = new Weight { Value = 3, Rate = trial.Suggest(Rate) };
                using (var checkpoint = trial.OpenCheckpoint())
                {
                    weight = checkpoint is null ? weight : Load(trial, checkpoint);
                }

                weight.Value -= weight.Rate * weight.Value;
                trial.SaveCheckpoint(new MemoryStream(Bytes(weight)));
                return weight.Value * weight.Value;
            },
            Enough)).Message;
        Assert.Contains("did not ask for 'rate' (", error, StringComparison.Ordinal);
        AssertFailed(study, error);
    }

    [Fact]
    public void WhatTheParentHadTooNeedNotBeAskedForAgain()
    {
        var units = Parameter.Int("units", 1, 100);
        using var study = new Study(Options() with
        {
            Space = [Rate, units],
            Sampler = new PopulationBasedSampler { Population = Population, Explore = Explore.Perturb().Except(units) },
        });
        study.Optimize(
            trial =>
            {
                var shape = trial.Suggest(units); // decides what is loaded into
                using var checkpoint = trial.OpenCheckpoint();
                var weight = checkpoint is null ? Create(trial) : Load(trial, checkpoint);
                weight.Value -= trial.Suggest(Rate) * weight.Value;
                trial.SaveCheckpoint(new MemoryStream(Bytes(weight)));
                return weight.Value * weight.Value / shape;
            },
            Enough);
        Assert.Equal(Enough, study.Trials.Count(trial => trial.State == TrialState.Completed));
        Assert.All(study.Trials.Where(trial => trial.Parent is not null), trial => Assert.Equal(study.Trials[trial.Parent!.Value].Get(units), trial.Get(units)));
    }

    [Fact]
    public void ABranchNeedNotBeDeclared()
    {
        var damping = Parameter.Float("damping", 0, 0.9);
        using var study = new Study(Options() with { Space = SearchSpace.Empty });
        study.TrainPopulation(
            Create,
            (weight, trial) =>
            {
                weight.Value *= trial.Suggest(Kind) == "damped" ? trial.Suggest(damping) : 1 - trial.Suggest(Rate);
                return weight.Value * weight.Value;
            },
            Save,
            Load,
            200);
        Assert.Equal(200, study.Trials.Count(trial => trial.State == TrialState.Completed));
        Assert.Equal(2, study.Trials.Skip(Population).Select(trial => trial.Get(Kind)).Distinct().Count());
    }

    [Fact]
    public void AFailureThatIsToleratedIsOnlyThatTrials()
    {
        using var study = new Study(Options());
        study.TrainPopulation(
            Create, Step, Save, (trial, stream) => trial.Number % 5 == 0 ? Create(trial) : Load(trial, stream),
            new RunOptions { Trials = Enough, Tolerate = exception => exception is InvalidOperationException });
        Assert.All(study.Trials, trial => Assert.Equal(trial.Number >= 4 && trial.Number % 5 == 0 ? TrialState.Failed : TrialState.Completed, trial.State));
        Assert.DoesNotContain(study.Trials, trial => trial.Parent is { } parent && study.Trials[parent].State == TrialState.Failed);
    }

    [Fact]
    public async Task WhoTellsIsToldAndCanMakeItGood()
    {
        using var study = new Study(Options());
        var trial = study.Ask();
        var loss = Step(Create(trial), trial);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await study.TellAsync(trial, loss));
        await trial.SaveCheckpointAsync(Streams.Of("weights"), Token);
        Assert.Equal(TrialState.Completed, study.Tell(trial, loss).State);
    }

    [Fact]
    public void TrialsWithoutAValueOweNothing()
    {
        using var study = new Study(Options());
        study.Tell(study.Ask(), double.NaN);
        study.TellPruned(study.Ask());
        study.TellFailed(study.Ask());
        Assert.Equal([TrialState.Failed, TrialState.Pruned, TrialState.Failed], study.Trials.Select(trial => trial.State));
    }

    [Fact]
    public void TheChildRecordsTheHashOfItsParentsCheckpointAndItsHyperparameters()
    {
        using var study = new Study(Options());
        Train(study, Enough);
        Assert.All(study.Trials.Take(Population), trial => Assert.Null(trial.ParentCheckpoint));
        Assert.All(study.Trials.Skip(Population), trial =>
        {
            Assert.Equal(study.Trials[trial.Parent!.Value].Artifacts[Artifact.Checkpoint].Hash, trial.ParentCheckpoint);
            Assert.True(trial.Parameters.ContainsKey("rate"));
        });
        var exploited = study.Trials.Skip(Population).Where(trial => trial.Parent != trial.Number - Population).ToArray();
        Assert.NotEmpty(exploited);
        Assert.All(exploited, trial => Assert.NotEqual(study.Trials[trial.Parent!.Value].Parameters.ToString(), trial.Parameters.ToString()));
        Assert.All(
            study.Trials.Skip(Population).Except(exploited),
            trial => Assert.Equal(study.Trials[trial.Parent!.Value].Parameters.ToString(), trial.Parameters.ToString())); // to the last digit
    }

    [Fact]
    public void ACheckpointThatIsGoneIsAnErrorThatSaysWhy()
    {
        using var study = new Study(Options() with { ArtifactPolicy = ArtifactPolicy.KeepBest(0) });
        var error = Assert.Throws<InvalidOperationException>(() => Train(study, Enough));
        Assert.Contains("is gone when trial 4 needs it. The ArtifactPolicy deleted it", error.Message, StringComparison.Ordinal);
        Assert.Contains("AndNewest(8)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnIntervalThatWasCutOffIsDoneAgainFromTheParentsCheckpoint()
    {
        var storage = new InMemoryStorage();
        var options = Options() with { Storage = storage };
        using var dead = new Study(options);
        Train(dead, Population);
        var lost = dead.Ask();
        var parents = await lost.CheckpointAsync();
        await lost.SaveCheckpointAsync(Streams.Of("half an interval later"), Token);
        Assert.Equal("half an interval later", await lost.CheckpointAsync());
        await CheckpointTests.TakeAwayAsync(storage, lost.Number, 0);

        using var next = new Study(options);
        var retried = next.Ask();
        Assert.Equal((lost.Number, lost.Parent!.Number), (retried.Number, retried.Parent!.Number));
        Assert.Equal(parents, await retried.CheckpointAsync());
    }

    [Fact]
    public void APopulationIsTrainedWithASamplerForPopulations()
    {
        using var study = new Study(Options() with { Sampler = new RandomSampler() });
        var error = Assert.Throws<InvalidOperationException>(() => Train(study, 1));
        Assert.Contains("Set StudyOptions.Sampler to a PopulationBasedSampler", error.Message, StringComparison.Ordinal);
    }

    // The error with which a run ends, which is also that of its last trial.
    private static string Caught(Func<ITrial, double> train)
    {
        using var study = new Study(Options());
        var error = Assert.Throws<InvalidOperationException>(() => study.Optimize(train, Enough)).Message;
        AssertFailed(study, error);
        return error;
    }

    private static void AssertFailed(Study study, string error)
    {
        Assert.Equal(TrialState.Failed, study.Trials[^1].State);
        Assert.Contains(error, study.Trials[^1].Error, StringComparison.Ordinal);
    }
}
