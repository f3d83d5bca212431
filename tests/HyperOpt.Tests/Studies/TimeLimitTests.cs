using HyperOpt.Spaces;
using HyperOpt.Tests.Support;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Studies;

/// <summary>Trials that take too long, and trials that do not stop when they are told to.</summary>
public sealed class TimeLimitTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);
    private static readonly FloatParameter X = Parameter.Float("x", 0, 10);

    [Fact]
    public async Task ATrialThatStopsAtItsLimitFailsAndTheRunGoesOn()
    {
        var time = new ManualTime();
        var study = NewStudy(time);
        var begun = new TaskCompletionSource();
        var run = study.RunAsync(
            Objective.From(async (trial, token) =>
            {
                if (trial.Number == 1)
                {
                    begun.SetResult();
                    await Task.Delay(Timeout.Infinite, token);
                }

                return trial.Suggest(X);
            }),
            Options(1, 4)).AsTask();
        await begun.Task.Within();
        time.Advance(Limit);
        var summary = await run.Within();
        Assert.Equal((3, 1), (summary.Completed, summary.Failed));
        Assert.Contains("within its time limit of 00:05:00", study.Trials[1].Error);
        Assert.Equal(Limit, study.Trials[1].Duration);
    }

    [Fact]
    public async Task AValueReturnedWithinTheGraceCounts()
    {
        var time = new ManualTime();
        var study = NewStudy(time);
        var begun = new TaskCompletionSource();
        var run = study.RunAsync(
            Objective.From(async (_, token) =>
            {
                begun.SetResult();
                await token.Cancelled();
                return 3;
            }),
            Options(1, 1)).AsTask();
        await begun.Task.Within();
        time.Advance(Limit);
        Assert.Equal(1, (await run.Within()).Completed);
        Assert.Equal(3, study.Best.Value);
    }

    [Theory]
    [InlineData(1, true, true)]
    [InlineData(1, false, false)]
    [InlineData(4, true, true)]
    [InlineData(4, true, false)]
    [InlineData(4, false, true)]
    [InlineData(4, false, false)]
    public async Task AHungTrialIsLeftBehindAndAnotherWorkerTakesItsPlace(int parallelism, bool isAsync, bool isReproducible)
    {
        var time = new ManualTime();
        var study = NewStudy(time);
        using var release = new ManualResetEventSlim();
        using var begun = new CountdownEvent(1);
        using var others = new CountdownEvent(parallelism == 1 ? 0 : isReproducible ? parallelism - 1 : 11); // what can be done without trial 0
        var late = new TaskCompletionSource();
        var options = Options(parallelism, 12) with { Reproducible = isReproducible, OnTrialEnded = (_, _) => Count(others) };
        var run = study.RunAsync(Hanging(isAsync, trial => trial.Number == 0, release, late, begun), options).AsTask();
        await Task.Run(begun.Wait).Within();
        await Task.Run(others.Wait).Within();
        time.Advance(Limit);
        await time.TimerOf(Grace).Within();
        Assert.False(run.IsCompleted);
        time.Advance(Grace);
        var summary = await run.Within();
        Assert.Equal((11, 1), (summary.Completed, summary.Failed));
        Assert.Equal(TrialState.Failed, study.Trials[0].State);
        await AssertLateReturnChangesNothingAsync(study, release, late);
    }

    [Fact]
    public async Task ATrialThatReturnsAfterItWasLeftBehindDoesNotDisturbTheRunThatGoesOn()
    {
        var time = new ManualTime();
        var study = NewStudy(time);
        using var release = new ManualResetEventSlim();
        using var begun = new CountdownEvent(1);
        var late = new TaskCompletionSource();
        var hanging = Hanging(false, trial => trial.Number == 0, release, late, begun);
        var objective = Objective.From((trial, token) =>
        {
            if (trial.Number == 5)
            {
                release.Set();
                late.Task.Await();
            }

            return hanging.EvaluateAsync(trial, token).AsTask().GetAwaiter().GetResult()[0];
        });
        var run = study.RunAsync(objective, Options(1, 500)).AsTask();
        await Task.Run(begun.Wait).Within();
        time.Advance(Limit);
        time.Advance(Grace);
        var summary = await run.Within();
        Assert.Equal((499, 1), (summary.Completed, summary.Failed));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(4, true)]
    [InlineData(1, false)]
    [InlineData(4, false)]
    public async Task HungTrialsDoNotBlockTheEndOfACancelledRun(int parallelism, bool isAsync)
    {
        var time = new ManualTime();
        var study = NewStudy(time);
        using var release = new ManualResetEventSlim();
        using var begun = new CountdownEvent(parallelism);
        using var cancel = new CancellationTokenSource();
        var late = new TaskCompletionSource();
        var objective = Hanging(isAsync, _ => true, release, late, begun);
        var run = study.RunAsync(objective, new RunOptions { Parallelism = parallelism, Trials = 20, Grace = Grace }, cancel.Token).AsTask();
        await Task.Run(begun.Wait).Within();
        cancel.Cancel();
        await time.TimerOf(Grace).Within();
        Assert.False(run.IsCompleted);
        time.Advance(Grace);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Within());
        Assert.Equal(parallelism, study.Trials.Count);
        Assert.All(study.Trials, trial => Assert.Equal(TrialState.Waiting, trial.State));
        await AssertLateReturnChangesNothingAsync(study, release, late);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task WithInfiniteGraceAHungTrialIsWaitedFor(bool isAsync)
    {
        var time = new ManualTime();
        var study = NewStudy(time);
        using var release = new ManualResetEventSlim();
        using var begun = new CountdownEvent(1);
        var options = new RunOptions { Trials = 1, TrialTimeLimit = Limit, Grace = Timeout.InfiniteTimeSpan };
        var run = Task.Run(() => study.RunAsync(Hanging(isAsync, _ => true, release, new(), begun), options).AsTask());
        await Task.Run(begun.Wait).Within();
        time.Advance(Limit);
        time.Advance(TimeSpan.FromDays(40));
        Assert.False(run.IsCompleted);
        release.Set();
        Assert.Equal(1, (await run.Within()).Completed);
    }

    [Fact]
    public async Task WithoutGraceATrialIsLeftBehindAtOnce()
    {
        var time = new ManualTime();
        var study = NewStudy(time);
        using var release = new ManualResetEventSlim();
        using var begun = new CountdownEvent(1);
        var late = new TaskCompletionSource();
        var options = Options(1, 2) with { Grace = TimeSpan.Zero };
        var run = study.RunAsync(Hanging(false, trial => trial.Number == 0, release, late, begun), options).AsTask();
        await Task.Run(begun.Wait).Within();
        time.Advance(Limit);
        Assert.Equal((1, 1), await run.Within() is var summary ? (summary.Completed, summary.Failed) : default);
        await AssertLateReturnChangesNothingAsync(study, release, late);
    }

    [Fact]
    public async Task ALimitThatPassesWhileTheRunEndsDoesNotFailAnInnocentTrial()
    {
        var time = new ManualTime();
        var study = NewStudy(time);
        using var release = new ManualResetEventSlim();
        using var begun = new CountdownEvent(1);
        var run = study.RunAsync(
            Hanging(true, _ => true, release, new(), begun), new RunOptions { Timeout = Limit - Grace / 2, TrialTimeLimit = Limit, Grace = Grace }).AsTask();
        await Task.Run(begun.Wait).Within();
        time.Advance(Limit - Grace / 2);
        time.Advance(Grace);
        Assert.Equal(1, (await run.Within()).Released);
        release.Set();
    }

    // A trial that hangs looks at no token; it returns when it is released, and uses its trial once more before.
    private static Objective Hanging(
        bool isAsync, Func<ITrial, bool> hangs, ManualResetEventSlim release, TaskCompletionSource late, CountdownEvent? begun = null)
    {
        double Evaluate(ITrial trial)
        {
            var x = trial.Suggest(X);
            if (!hangs(trial))
            {
                return x;
            }

            begun?.Signal();
            release.Wait();
            try
            {
                trial.Report(0, -100);
            }
            catch (InvalidOperationException)
            {
                late.TrySetResult();
            }

            return -100;
        }

        return isAsync
            ? Objective.From((trial, _) => Task.Factory.StartNew(() => Evaluate(trial), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))
            : Objective.From((trial, _) => Evaluate(trial));
    }

    private static async Task AssertLateReturnChangesNothingAsync(Study study, ManualResetEventSlim release, TaskCompletionSource late)
    {
        var before = Fingerprints.Of(study);
        release.Set();
        await late.Task.Within();
        Assert.Equal(before, Fingerprints.Of(study));
    }

    private static void Count(CountdownEvent ended)
    {
        if (!ended.IsSet)
        {
            ended.Signal();
        }
    }

    private static RunOptions Options(int parallelism, int trials) =>
        new() { Parallelism = parallelism, Trials = trials, TrialTimeLimit = Limit, Grace = Grace, Reproducible = false };

    private static Study NewStudy(ManualTime time) => new(new StudyOptions { Space = [X], TimeProvider = time });
}
