using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Tests.Support;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Studies;

/// <summary>Reproducible = false: each trial learns from whatever has ended, and nobody waits.</summary>
public sealed class AsCompletedTests
{
    private static readonly IntParameter Digit = Parameter.Int("digit", 0, 9);
    private static readonly IntParameter Other = Parameter.Int("other", 0, 9);

    [Fact]
    public async Task AllTrialsEndThoughTheyTakeUnevenTimes()
    {
        var study = new Study(new StudyOptions { Space = [Digit, Other] });
        var first = new TaskCompletionSource();
        await study.OptimizeAsync(
            async (trial, _) =>
            {
                // Trial 0 ends last of all: with any Lag the run would stand still.
                await (trial.Number == 0 ? first.Task : Task.CompletedTask).Within();
                return trial.Suggest(Digit);
            },
            new RunOptions { Trials = 64, Parallelism = 8, Reproducible = false, OnTrialEnded = (all, _) => Release(all, first) });
        Assert.Equal(Enumerable.Range(0, 64), study.Trials.Select(trial => trial.Number));
        Assert.All(study.Trials, trial => Assert.Equal(TrialState.Completed, trial.State));
        Assert.Equal(study.Trials.Max(trial => trial.FinishedAt), study.Trials[0].FinishedAt);
    }

    [Theory]
    [InlineData("random")]
    [InlineData("grid")]
    [InlineData("sobol")]
    public void NoTwoWorkersTryTheSamePointOfAFiniteSpace(string name)
    {
        ISampler sampler = name == "random" ? new RandomSampler() : name == "grid" ? new GridSampler() : new QuasiRandomSampler();
        using var together = new Barrier(4);
        var study = new Study(new StudyOptions
        {
            Space = [Digit, Other],
            Sampler = sampler,
        });
        study.Optimize(
            trial =>
            {
                together.Meet();
                return trial.Suggest(Digit) + trial.Suggest(Other);
            },
            new RunOptions { Trials = 100, Parallelism = 4, Reproducible = false });
        Assert.Equal(100, study.Trials.Select(trial => (trial.Get(Digit), trial.Get(Other))).Distinct().Count());
    }

    [Fact]
    public void SeveralWorkersSampleAtTheSameTimeAndStillTryDifferentPoints()
    {
        using var sampling = new Barrier(4);
        var calls = 0;
        var study = new Study(new StudyOptions
        {
            Space = [Digit],
            Sampler = new DelegateSampler((_, history, _) =>
            {
                // All four workers are in here at once, and all propose the same at first.
                if (Interlocked.Increment(ref calls) <= 4)
                {
                    sampling.Meet();
                }

                var untried = Enumerable.Range(0, 10).First(digit => !history.HasTried([(digit + 0.5) / 10]));
                return new Proposal([(untried + 0.5) / 10]);
            }),
        });
        study.Optimize(trial => trial.Suggest(Digit), new RunOptions { Trials = 4, Parallelism = 4, Reproducible = false });
        Assert.Equal([0, 1, 2, 3], study.Trials.Select(trial => trial.Get(Digit)).Order());
    }

    [Fact]
    public void AnExhaustedSamplerLeavesNoTrialBehind()
    {
        var study = new Study(new StudyOptions { Space = [Digit], Sampler = new GridSampler() });
        study.Optimize(trial => trial.Suggest(Digit), new RunOptions { Trials = 50, Parallelism = 8, Reproducible = false });
        Assert.Equal(Enumerable.Range(0, 10), study.Trials.Select(trial => trial.Get(Digit)).Order());
        Assert.All(study.Trials, trial => Assert.Equal(TrialState.Completed, trial.State));

        study.Enqueue(Digit.Is(3));
        study.Optimize(trial => trial.Suggest(Digit), new RunOptions { Trials = 50, Parallelism = 2, Reproducible = false });
        Assert.Equal(11, study.Trials.Count(trial => trial.State == TrialState.Completed));
    }

    [Fact]
    public void WhoeverIsLeftWithNothingGivesBackTheLastNumber()
    {
        using var others = new CountdownEvent(2);
        using var sampling = new Barrier(3);
        var study = new Study(new StudyOptions
        {
            Space = [Digit],
            Sampler = new DelegateSampler((_, history, _) =>
            {
                sampling.Meet();
                if (history.Number > 0)
                {
                    return new Proposal([history.Number / 10.0]);
                }

                others.Wait();
                return null;
            }),
        });
        study.Optimize(
            trial =>
            {
                others.Signal();
                return trial.Suggest(Digit);
            },
            new RunOptions { Trials = 3, Parallelism = 3, Reproducible = false });
        Assert.Equal([(0, TrialState.Completed), (1, TrialState.Completed)], study.Trials.Select(trial => (trial.Number, trial.State)));
    }

    [Fact]
    public void TheSamplerLearnsFromWhatHasEndedAndKnowsWhatIsUnderWay()
    {
        var seen = new List<(int Finished, int Pending)>();
        var study = new Study(new StudyOptions
        {
            Space = [Digit],
            Sampler = new DelegateSampler((space, history, random) =>
            {
                seen.Add((history.Count, history.Pending.Count));
                return new RandomSampler().Propose(space, history, random);
            }),
        });
        var zero = study.Ask();
        var one = study.Ask();
        study.Tell(one, 1);
        study.Ask();
        study.Tell(zero, 1);
        study.Ask();
        Assert.Equal([(0, 0), (0, 1), (1, 1), (2, 1)], seen);
    }

    private static void Release(IStudy study, TaskCompletionSource first)
    {
        if (study.Trials.Count(trial => trial.State == TrialState.Completed) == 63)
        {
            first.SetResult();
        }
    }
}
