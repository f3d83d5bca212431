using HyperOpt.Pruners;
using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Tests.Support;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Studies;

public sealed class AskAndTellTests
{
    private static readonly FloatParameter X = Parameter.Float("x", -5, 5);
    private static readonly StudyOptions PrunesAll = new() { Space = [X], Pruner = Pruner.From((_, _) => true) };

    [Fact]
    public void ATrialIsToldItsValue()
    {
        var study = new Study(new StudyOptions { Space = [X] });
        var trial = study.Ask();
        var x = trial.Suggest(X);
        var told = study.Tell(trial, x * x);
        Assert.Equal((0, TrialState.Completed, x * x, x), (told.Number, told.State, told.Value, told.Get(X)));
        Assert.Equal(told, study.Trials[0]);
    }

    [Fact]
    public void AskedTrialsAreThoseOfARun()
    {
        var run = new Study(new StudyOptions { Space = [X], Seed = 3 });
        run.Optimize(trial => trial.Suggest(X), trials: 10);
        var asked = new Study(new StudyOptions { Space = [X], Seed = 3 });
        for (var i = 0; i < 10; i++)
        {
            var trial = asked.Ask();
            asked.Tell(trial, trial.Suggest(X));
        }

        Assert.Equal(Fingerprints.Of(run), Fingerprints.Of(asked));
    }

    [Fact]
    public void ZeroIsAValue()
    {
        // A literal 0 converts to any enum: with a state for a second argument this would not be a value.
        var study = new Study(new StudyOptions { Space = [X] });
        Assert.Equal(0, study.Tell(study.Ask(), 0).Value);
    }

    [Fact]
    public void SeveralTrialsMayBeOutAtOnceAndToldInAnyOrder()
    {
        var study = new Study(new StudyOptions { Space = [X] });
        ITrial[] trials = [study.Ask(), study.Ask(), study.Ask()];
        Assert.All(study.Trials, trial => Assert.Equal(TrialState.Running, trial.State));
        foreach (var trial in trials.Reverse())
        {
            study.Tell(trial, trial.Number);
        }

        Assert.Equal([0, 1, 2], study.Trials.Select(trial => trial.Value));
    }

    [Fact]
    public void TheFirstResultStands()
    {
        var study = new Study(new StudyOptions { Space = [X] });
        var trial = study.Ask();
        study.Tell(trial, 1);
        Assert.Contains("told once", Assert.Throws<InvalidOperationException>(() => study.Tell(trial, 2)).Message);
        Assert.Throws<InvalidOperationException>(() => study.TellFailed(trial));
        Assert.Equal(1, study.Best.Value);
    }

    [Fact]
    public void AWrongNumberOfValuesIsRefusedAndTheTrialGoesOn()
    {
        var study = new Study(new StudyOptions { Space = [X] });
        var trial = study.Ask();
        Assert.Contains("one value for each objective", Assert.Throws<ArgumentException>(() => study.Tell(trial, 1, 2)).Message);
        Assert.Throws<ArgumentException>(() => study.Tell(trial));
        Assert.Equal(TrialState.Running, study.Trials[0].State);
        Assert.Equal(TrialState.Completed, study.Tell(trial, 1).State);
    }

    [Fact]
    public void NaNFailsTheTrial()
    {
        var study = new Study(new StudyOptions { Space = [X] });
        var told = study.Tell(study.Ask(), double.NaN);
        Assert.Equal(TrialState.Failed, told.State);
        Assert.Empty(told.Values);
        Assert.Contains("must be a number", told.Error);
        Assert.Throws<InvalidOperationException>(() => told.Value);
    }

    [Theory]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void InfinityIsAValue(double value)
    {
        var study = new Study(new StudyOptions { Space = [X] });
        Assert.Equal(TrialState.Completed, study.Tell(study.Ask(), value).State);
        Assert.Equal(value, study.Best.Value);
    }

    [Fact]
    public void ATrialThatSawThatItShouldBePrunedIsPruned()
    {
        var study = new Study(PrunesAll);
        var trial = study.Ask();
        trial.Report(0, 7);
        Assert.True(trial.ShouldPrune);
        var told = study.Tell(trial, 5);
        Assert.Equal((TrialState.Pruned, 5.0), (told.State, told.Value));
    }

    [Fact]
    public void ATrialThatDidNotLookIsTakenAtItsWord()
    {
        var study = new Study(PrunesAll);
        var trial = study.Ask();
        trial.Report(0, 7);
        Assert.Equal(TrialState.Completed, study.Tell(trial, 5).State);
    }

    [Fact]
    public void ATrialPrunedForNaNIsPrunedThoughItReturnsNaN()
    {
        var study = new Study(PrunesAll);
        var trial = study.Ask();
        trial.Report(0, double.NaN);
        Assert.True(trial.ShouldPrune);
        var told = study.Tell(trial, double.NaN);
        Assert.Equal(TrialState.Pruned, told.State);
        Assert.Empty(told.Values);
    }

    [Fact]
    public void APrunedTrialToldWithoutValuesHasItsLastReport()
    {
        var study = new Study(PrunesAll);
        var trial = study.Ask();
        trial.Report(3, 7);
        trial.Report(2, 6);
        var told = study.TellPruned(trial, "by hand");
        Assert.Equal((TrialState.Pruned, 6.0, "by hand"), (told.State, told.Value, told.Error));
    }

    [Fact]
    public void ATrialMayBeToldThatItFailed()
    {
        var study = new Study(new StudyOptions { Space = [X] });
        var told = study.TellFailed(study.Ask(), "out of memory");
        Assert.Equal((TrialState.Failed, "out of memory"), (told.State, told.Error));
    }

    [Fact]
    public void AStudyIsToldAboutItsOwnTrials()
    {
        var trial = new Study(new StudyOptions { Space = [X] }).Ask();
        Assert.Contains("its own trials", Assert.Throws<ArgumentException>(() => new Study().Tell(trial, 1)).Message);
    }

    [Fact]
    public async Task NothingLeftToTryIsNullOrAnError()
    {
        var study = new Study(new StudyOptions { Space = [Parameter.Bool("b")], Sampler = new GridSampler() });
        study.Tell(study.Ask(), 1);
        study.Tell(study.Ask(), 1);
        Assert.Null(await study.TryAskAsync());
        Assert.Contains("all has been tried", Assert.Throws<InvalidOperationException>(() => study.Ask()).Message);
        Assert.Equal(2, study.Trials.Count);
    }

    [Fact]
    public void WithLagAskNeedsTheResultsThatItLearnsFrom()
    {
        var study = new Study(new StudyOptions { Space = [X], Lag = 2 });
        var zero = study.Ask();
        var one = study.Ask();
        var error = Assert.Throws<InvalidOperationException>(() => study.Ask());
        Assert.Contains("Trial 2 learns from the results of all trials up to 0 (Lag 2)", error.Message);
        study.Tell(one, 1);
        Assert.Throws<InvalidOperationException>(() => study.Ask());
        study.Tell(zero, 1);
        Assert.Equal(2, study.Ask().Number);
    }

    [Fact]
    public async Task AnObjectiveMayAskWhileItsRunWaitsForIt()
    {
        var study = new Study(new StudyOptions { Space = [X] });
        var one = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var run = study.OptimizeAsync(
            async (trial, _) =>
            {
                // Trial 1 is done, and its worker waits for this one before it begins another: soon if not at once, so there are many rounds.
                await (trial.Number == 0 ? one.Task : Task.CompletedTask);
                for (var round = 0; trial.Number == 0 && round < 500; round++)
                {
                    var inner = study.Ask();
                    study.Tell(inner, inner.Suggest(X));
                }

                return trial.Suggest(X);
            },
            new RunOptions { Trials = 6, Parallelism = 2, OnTrialEnded = (_, _) => one.TrySetResult() });
        await run.Within();
        Assert.Equal(506, study.Trials.Count(trial => trial.State == TrialState.Completed));
    }

    [Fact]
    public void AnObjectiveMayTellItsOwnTrialAndThatStands()
    {
        var study = new Study(new StudyOptions { Space = [X] });
        study.Optimize(
            trial =>
            {
                study.Tell(trial, 3);
                return 4;
            },
            trials: 2);
        Assert.Equal([3, 3], study.Trials.Select(trial => trial.Value));
    }

    [Fact]
    public void AReproducibleRunDoesNotWaitForATrialThatNobodyMayEverTell()
    {
        var study = new Study(new StudyOptions { Space = [X] });
        var trial = study.Ask();
        var error = Assert.Throws<InvalidOperationException>(() => study.Optimize(_ => 1, trials: 3));
        Assert.Contains("trial 0 was asked for and has not been told", error.Message);
        study.Optimize(_ => 1, new RunOptions { Trials = 3, Reproducible = false });
        study.Tell(trial, 0);
        study.Optimize(_ => 1, trials: 3);
        Assert.Equal(7, study.Trials.Count(one => one.State == TrialState.Completed));
    }
}
