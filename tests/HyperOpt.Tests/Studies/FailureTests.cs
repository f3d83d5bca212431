using HyperOpt.Pruners;
using HyperOpt.Spaces;
using HyperOpt.Tests.Support;
using HyperOpt.Trials;
using Microsoft.Extensions.Logging;
using Xunit;

namespace HyperOpt.Tests.Studies;

/// <summary>Objectives that go wrong: the trial fails, the study is never lost.</summary>
public sealed class FailureTests
{
    private static readonly FloatParameter X = Parameter.Float("x", 0, 10);

    [Fact]
    public void AnExceptionFailsItsTrialAndEndsTheRun()
    {
        var logger = new ListLogger();
        var study = new Study(new StudyOptions { Space = [X], Logger = logger });
        var error = Assert.Throws<FormatException>(() => study.Optimize(Throwing, trials: 10));
        Assert.Equal("no 3", error.Message);
        Assert.Contains(nameof(Throwing), error.StackTrace);
        Assert.Equal(4, study.Trials.Count);
        Assert.Equal((TrialState.Failed, "FormatException: no 3"), (study.Trials[3].State, study.Trials[3].Error));
        Assert.Equal(["x"], study.Trials[3].Parameters.Keys);

        var entry = Assert.Single(logger.Entries, entry => entry.Id == 3);
        Assert.Equal((LogLevel.Error, error), (entry.Level, entry.Exception));
        Assert.Equal($"Trial 3 failed with x={study.Trials[3].Parameters.ToAssignments()[0].Value}", entry.Message);
    }

    [Fact]
    public async Task TheExceptionIsThrownOnceTheTrialsUnderWayHaveEnded()
    {
        var study = new Study(new StudyOptions { Space = [X] });
        var thrown = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        var run = study.OptimizeAsync(
            async (trial, _) =>
            {
                if (trial.Number == 1)
                {
                    throw new FormatException();
                }

                await goOn.Task;
                return 5;
            },
            new RunOptions { Trials = 20, Parallelism = 2, OnTrialEnded = (_, _) => thrown.TrySetResult() });
        await thrown.Task.Within();
        Assert.False(run.IsCompleted);
        goOn.SetResult();
        await Assert.ThrowsAsync<FormatException>(() => run.Within());
        Assert.Equal([TrialState.Completed, TrialState.Failed], study.Trials.Select(trial => trial.State));
    }

    [Fact]
    public async Task AToleratedExceptionFailsItsTrialOnly()
    {
        var study = new Study(new StudyOptions { Space = [X] });
        var summary = await study.RunAsync(
            Objective.From((trial, _) => Throwing(trial)), new RunOptions { Trials = 10, Tolerate = exception => exception is FormatException });
        Assert.Equal((9, 1), (summary.Completed, summary.Failed));
        await Assert.ThrowsAsync<InvalidCastException>(
            async () => await study.RunAsync(
                Objective.From((_, _) => Throw<double>(new InvalidCastException())), new RunOptions { Tolerate = exception => exception is FormatException }));
    }

    [Fact]
    public void NaNFailsTheTrialWithAWarningAndTheRunGoesOn()
    {
        var logger = new ListLogger();
        var study = new Study(new StudyOptions { Space = [X], Logger = logger });
        study.Optimize(trial => trial.Suggest(X) > -1 && trial.Number == 1 ? double.NaN : 1, trials: 3);
        Assert.Equal(TrialState.Failed, study.Trials[1].State);
        var entry = Assert.Single(logger.Entries, entry => entry.Id == 4);
        Assert.Equal(LogLevel.Warning, entry.Level);
        Assert.Contains("Trial 1 failed: A value must be a number, but the objective returned (NaN). (x=", entry.Message);
    }

    [Fact]
    public void AWrongNumberOfValuesFailsTheTrialAndEndsTheRun()
    {
        var study = new Study(new StudyOptions { Space = [X], Directions = [Direction.Minimize, Direction.Minimize] });
        var error = Assert.Throws<ArgumentException>(() => study.Optimize(_ => [1, 2, 3], trials: 3));
        Assert.Contains("has 2 and was given 3", error.Message);
        Assert.Equal(TrialState.Failed, Assert.Single(study.Trials).State);
    }

    [Fact]
    public void ACancellationOfTheObjectivesOwnIsAFailure()
    {
        using var own = new CancellationTokenSource();
        own.Cancel();
        var study = new Study(new StudyOptions { Space = [X] });
        Assert.Throws<OperationCanceledException>(() => study.Optimize(_ => Throw<double>(new OperationCanceledException(own.Token)), trials: 3));
        Assert.Equal(TrialState.Failed, Assert.Single(study.Trials).State);
    }

    [Fact]
    public void ACancellationByTheTokenOfAPrunedTrialIsAPruning()
    {
        var study = new Study(new StudyOptions { Space = [X], Pruner = Pruner.From((_, _) => true) });
        Assert.Throws<InvalidOperationException>(() => study.Optimize(
            (trial, token) =>
            {
                trial.Report(0, 6);
                token.ThrowIfCancellationRequested();
                return 1;
            },
            new RunOptions { Trials = 2 }));
        Assert.All(study.Trials, trial => Assert.Equal((TrialState.Pruned, 6.0), (trial.State, trial.Value)));
        Assert.Equal(2, study.Trials.Count);
    }

    [Fact]
    public void AFailedStudyCanBeRunAgain()
    {
        var study = new Study(new StudyOptions { Space = [X] });
        Assert.Throws<FormatException>(() => study.Optimize(Throwing, trials: 10));
        study.Optimize(_ => 1, trials: 6);
        Assert.Equal(10, study.Trials.Count);
    }

    private static double Throwing(ITrial trial) =>
        trial.Suggest(X) > -1 && trial.Number == 3 ? throw new FormatException("no 3") : 1;

    private static T Throw<T>(Exception exception) => throw exception;
}
