using HyperOpt.Pruners;
using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Tests.Support;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Studies;

/// <summary>A run that is cancelled, or out of time, loses nothing.</summary>
public sealed class CancellationTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly FloatParameter X = Parameter.Float("x", 0, 10);
    private static readonly FloatParameter Late = Parameter.Float("late", 0, 10);

    [Theory]
    [InlineData(1, true)]
    [InlineData(4, true)]
    [InlineData(4, false)]
    public async Task ReleasedTrialsAreTriedAgainAndTheFortyAreThoseOfAnUndisturbedStudy(int parallelism, bool isAsync)
    {
        var undisturbed = NewStudy();
        await undisturbed.OptimizeAsync((trial, _) => Task.FromResult(Evaluate(trial)), new RunOptions { Trials = 40, Parallelism = 4 });

        using var cancel = new CancellationTokenSource();
        var study = NewStudy();
        var disturbed = new RunOptions { Trials = 40, Parallelism = parallelism };
        var run = isAsync
            ? study.OptimizeAsync(
                async (trial, token) =>
                {
                    await DisturbAsync(trial, parallelism, cancel, token);
                    return Evaluate(trial);
                },
                disturbed, cancel.Token)
            : Task.Run(() => study.Optimize(
                (trial, token) =>
                {
                    DisturbAsync(trial, parallelism, cancel, token).GetAwaiter().GetResult();
                    return Evaluate(trial);
                },
                disturbed, cancel.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Within());
        var waiting = study.Trials.Where(trial => trial.State == TrialState.Waiting).ToArray();
        var ended = study.Trials.Count(trial => trial.State == TrialState.Completed);
        Assert.NotEmpty(waiting);
        Assert.Equal(study.Trials.Count, ended + waiting.Length);
        Assert.All(waiting, trial => Assert.Equal((1, null), (trial.Retries, trial.StartedAt)));
        Assert.All(waiting, trial => Assert.Empty(trial.Reports));
        Assert.All(waiting, trial => Assert.Equal(trial.Get(X), undisturbed.Trials[trial.Number].Get(X)));

        await study.OptimizeAsync((trial, _) => Task.FromResult(Evaluate(trial)), new RunOptions { Trials = 40 - ended, Parallelism = 4 });
        Assert.Equal(Fingerprints.Of(undisturbed), Fingerprints.Of(study));
        Assert.All(waiting, trial => Assert.Equal(1, study.Trials[trial.Number].Retries));
    }

    [Fact]
    public async Task ATrialThatIsBegunAgainKnowsNoMorePointsThanAtFirst()
    {
        // Asked for with a wider range than declared, the digit is drawn anew, by a sampler that passes over what was tried.
        var wider = Parameter.Int("digit", 0, 9);
        var options = new StudyOptions
        {
            Space = [Parameter.Int("digit", 0, 3)],
            Sampler = new DelegateSampler((space, history, _) => new Proposal([Digits(space).First(unit => !history.HasTried([unit]))])),
            Lag = 2,
        };
        var undisturbed = new Study(options);
        undisturbed.Optimize(trial => trial.Suggest(wider), trials: 2);

        var study = new Study(options);
        using var cancel = new CancellationTokenSource();
        var run = study.OptimizeAsync(
            async (trial, token) =>
            {
                await (trial.Number == 0 ? token.Cancelled() : Task.CompletedTask);
                token.ThrowIfCancellationRequested();
                return trial.Suggest(wider);
            },
            new RunOptions { Trials = 2, Parallelism = 2, OnTrialEnded = (_, _) => cancel.Cancel() }, cancel.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Within());
        study.Optimize(trial => trial.Suggest(wider), trials: 1);
        Assert.Equal(Fingerprints.Of(undisturbed), Fingerprints.Of(study));
    }

    [Fact]
    public async Task TheRunThrowsOnlyAfterTheTrialsUnderWayHaveEnded()
    {
        using var cancel = new CancellationTokenSource();
        var told = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        var study = NewStudy();
        var run = study.OptimizeAsync(
            async (_, token) =>
            {
                cancel.Cancel();
                await token.Cancelled();
                told.SetResult();
                await goOn.Task;
                return 5;
            },
            new RunOptions { Trials = 3 }, cancel.Token);
        await told.Task.Within();
        Assert.False(run.IsCompleted);
        goOn.SetResult();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Within());
        Assert.Equal(5, Assert.Single(study.Trials).Value); // it had a result, and the result counts
    }

    [Fact]
    public async Task ATokenThatWasCancelledBeforeBeginsNothing()
    {
        var study = NewStudy();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => study.OptimizeAsync((_, _) => Task.FromResult(1.0), trials: 3, new CancellationToken(true)));
        Assert.Throws<OperationCanceledException>(() => study.Optimize((_, _) => 1.0, new RunOptions(), new CancellationToken(true)));
        Assert.Empty(study.Trials);
    }

    [Fact]
    public async Task AnObjectiveMayHearOfTheCallersCancellationBeforeTheRunDoes()
    {
        using var cancel = new CancellationTokenSource();
        using var heard = new ManualResetEventSlim();
        using var done = new ManualResetEventSlim();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var study = NewStudy();
        var run = study.RunAsync(
            Objective.From((_, _) =>
            {
                // Registered after the run's own callback, this is called before it, and holds it up.
                cancel.Token.Register(() =>
                {
                    heard.Set();
                    done.Wait(CancellationToken.None);
                });
                begun.SetResult();
                heard.Wait(CancellationToken.None);
                cancel.Token.ThrowIfCancellationRequested();
                return 1.0;
            }),
            new RunOptions { Trials = 3 }, cancel.Token).AsTask();
        await begun.Task.Within();
        var cancelling = Task.Run(cancel.Cancel);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Within());
        done.Set();
        await cancelling.Within();
        Assert.Equal((TrialState.Waiting, 1), Assert.Single(study.Trials) is var trial ? (trial.State, trial.Retries) : default);
    }

    [Fact]
    public async Task OutOfTimeTheTrialsUnderWayAreToldToStopAndGivenBack()
    {
        var time = new ManualTime();
        var study = NewStudy(time);
        using var begun = new CountdownEvent(4);
        var run = study.RunAsync(
            Objective.From(async (trial, token) =>
            {
                trial.Suggest(X);
                begun.Signal();
                await Task.Delay(Timeout.Infinite, token);
                return 1.0;
            }),
            new RunOptions { Timeout = Minute, Parallelism = 4 }).AsTask();
        await Task.Run(begun.Wait).Within();
        time.Advance(Minute);
        var summary = await run.Within();
        Assert.Equal((0, 4, "the time is up"), (summary.Completed, summary.Released, summary.Reason));
        Assert.Equal(Minute, summary.Elapsed);
        Assert.All(study.Trials, trial => Assert.Equal(TrialState.Waiting, trial.State));
    }

    [Fact]
    public async Task WhoeverThrowsFromTheTokensCallbackHarmsNobody()
    {
        var time = new ManualTime();
        var study = NewStudy(time);
        using var begun = new CountdownEvent(2);
        var run = study.RunAsync(
            Objective.From(async (trial, token) =>
            {
                token.Register(() => throw new FormatException());
                begun.Signal();
                await token.Cancelled();
                token.ThrowIfCancellationRequested();
                return 1.0;
            }),
            new RunOptions { Timeout = Minute, Parallelism = 2 }).AsTask();
        await Task.Run(begun.Wait).Within();
        time.Advance(Minute);
        Assert.Equal(2, (await run.Within()).Released);
    }

    private static IEnumerable<double> Digits(SearchSpace space) => from digit in Enumerable.Range(0, (int)space.Cardinality!.Value) select (digit + 0.5) / space.Cardinality.Value;

    private static Study NewStudy(TimeProvider? time = null) => new(new StudyOptions
    {
        Sampler = new NeighbourSampler(),
        Pruner = new NopPruner(), // a trial that were pruned as the run is cancelled would have ended
        Lag = 4,
        Seed = 11,
        TimeProvider = time ?? TimeProvider.System,
    });

    // Asks for what no one declared, so that a trial that is begun again has to draw it again.
    private static double Evaluate(ITrial trial)
    {
        var loss = trial.Suggest(X) + trial.Suggest(Late);
        trial.Report(0, loss);
        return loss;
    }

    // Trial 17 ends the run; of those beside it 15 is done before, 14 and 16 are not.
    private static async Task DisturbAsync(ITrial trial, int parallelism, CancellationTokenSource cancel, CancellationToken token)
    {
        if (trial.Number == 17)
        {
            Evaluate(trial);
            await cancel.CancelAsync();
        }
        else if (parallelism > 1 && (trial.Number is 14 or 16))
        {
            trial.Report(7, 1);
            await token.Cancelled().Within();
        }

        token.ThrowIfCancellationRequested();
    }
}
