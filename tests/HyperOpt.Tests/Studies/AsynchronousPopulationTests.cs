using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Storage;
using HyperOpt.Tests.Support;
using HyperOpt.Trials;
using Xunit;
using static HyperOpt.Tests.Support.PopulationScene;

namespace HyperOpt.Tests.Studies;

/// <summary>Populations whose members do not wait for each other, and what they keep.</summary>
public sealed class AsynchronousPopulationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task NoMemberWaitsForASlowOne()
    {
        using var study = new Study(Options());
        var slow = new TaskCompletionSource();
        var ended = 0;
        await study.TrainPopulationAsync(
            Create,
            async (weight, trial, _) =>
            {
                if (trial.Number == 2)
                {
                    await slow.Task; // until the others have trained for ten rounds
                }
                else if (Interlocked.Increment(ref ended) == 30)
                {
                    slow.SetResult();
                }

                return Step(weight, trial);
            },
            PopulationReproducibilityTests.SaveAsync,
            PopulationReproducibilityTests.LoadAsync,
            new RunOptions { Trials = 60, Parallelism = Population, Reproducible = false },
            Token).WaitAsync(TimeSpan.FromMinutes(1), Token);
        Assert.Equal(60, study.Trials.Count(trial => trial.State == TrialState.Completed));
        Assert.InRange(study.Trials.Count(trial => trial.FinishedAt <= study.Trials[2].FinishedAt), 30 - Population, 60);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(9)] // more workers than members: some wait
    public async Task EachTrialThatEndedIsTakenUpOnce(int parallelism)
    {
        using var study = new Study(Options() with { Sampler = new PopulationBasedSampler { Population = Population, Exploit = Exploit.None } });
        await PopulationReproducibilityTests.TrainAsync(study, 80, parallelism, 1, reproducible: false);
        Assert.Equal(Population, study.Trials.Count(trial => trial.Parent is null));
        Assert.Equal(80 - Population, study.Trials.Select(trial => trial.Parent).OfType<int>().Distinct().Count());
    }

    [Fact]
    public void WhoAsksForMoreThanThePopulationMustTellFirst()
    {
        using var study = new Study(Options());
        for (var member = 0; member < Population; member++)
        {
            study.Ask();
        }

        Assert.Contains("at most one trial of each member under way", Assert.Throws<InvalidOperationException>(() => study.Ask()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(true, 4)]
    [InlineData(false, 1)]
    [InlineData(false, 4)]
    public async Task WhatIsKeptOnTheDiskIsBoundedAndEnough(bool reproducible, int parallelism)
    {
        var most = 0;
        var options = Options() with { ArtifactPolicy = ArtifactPolicy.KeepBest(1).AndNewest(2 * Population) };
        using var study = new Study(options);
        var store = (InMemoryArtifactStore)options.Artifacts!;
        await study.TrainPopulationAsync(
            Create,
            async (weight, trial, _) =>
            {
                await Task.Delay(1, CancellationToken.None); // longer than a proposal takes, as in life
                lock (store)
                {
                    most = Math.Max(most, (int)(store.Length / Bytes(weight).Length));
                }

                return Step(weight, trial);
            },
            PopulationReproducibilityTests.SaveAsync,
            PopulationReproducibilityTests.LoadAsync,
            new RunOptions { Trials = 200, Parallelism = parallelism, Reproducible = reproducible },
            Token);
        Assert.Equal(200, study.Trials.Count(trial => trial.State == TrialState.Completed));

        // The best, the newest, those that run, and their parents; as completed also whatever was among the newest when a trial was begun that is still being proposed,
        // and how many end meanwhile is the scheduler's business.
        Assert.InRange(most, 2 * Population, 1 + 2 * Population + 2 * parallelism + (reproducible ? 0 : 50));
        Assert.Equal(1 + 2 * Population, study.Trials.Count(trial => !trial.Artifacts.IsEmpty), 1.0);
        Assert.NotEmpty(study.Best.Artifacts);
    }

    [Fact]
    public void InAFiniteSpaceMembersGoOnWithWhatWasTriedBefore()
    {
        var percent = Parameter.Int("percent", 1, 100);
        using var study = new Study(Options() with { Space = [percent] });
        study.TrainPopulation(
            Create,
            (weight, trial) =>
            {
                weight.Value *= 1 - trial.Suggest(percent) / 101.0;
                return weight.Value;
            },
            Save,
            Load,
            40);
        Assert.All(study.Trials.Skip(Population), trial => Assert.NotNull(trial.Parent));
        Assert.True(study.Trials.Select(trial => trial.Get(percent)).Distinct().Count() < 40);
    }

    /// <summary>Of numbers in this range one in twenty changes its last bit on the way to a coordinate and back: that 256 do not has a probability of 2e-6.</summary>
    [Fact]
    public void WhatDoesNotVaryStaysTheSameToTheLastBit()
    {
        var x = Parameter.Float("x", 0.1, 0.7);
        using var study = new Study(Options() with
        {
            Space = [x],
            Sampler = new PopulationBasedSampler { Population = 256, Exploit = Exploit.None, Explore = Explore.None },
        });
        study.TrainPopulation(Create, (_, trial) => trial.Suggest(x), Save, Load, 2 * 256);
        Assert.Equal(study.Trials.Take(256).Select(trial => trial.Get(x)), study.Trials.Skip(256).Select(trial => trial.Get(x)));
    }

    [Fact]
    public void SeveralObjectivesEndInAFront()
    {
        using var study = new Study(Options(8) with { Directions = [Direction.Minimize, Direction.Minimize] });
        var front = study.TrainPopulation(
            Create,
            (weight, trial) => (double[])[Step(weight, trial), trial.Suggest(Rate)],
            Save,
            Load,
            new RunOptions { Trials = 80 });
        Assert.NotEmpty(front);
        Assert.Contains(study.Trials.Skip(8), trial => trial.Parent != trial.Number - 8);
    }

    [Fact]
    public void WhatIsEnqueuedIsTriedFromTheCheckpointWhoseTurnItIs()
    {
        using var study = new Study(Options());
        Train(study, 2 * Population);
        study.Enqueue(Rate.Is(0.5));
        Train(study, 1);
        Assert.Equal(0.5, study.Trials[2 * Population].Get(Rate));
        Assert.NotNull(study.Trials[2 * Population].Parent);
    }
}
