using System.Collections.Immutable;
using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Storage;
using HyperOpt.Tests.Support;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Contracts;

public abstract partial class StorageContract
{
    private static readonly FloatParameter X = Parameter.Float("x", -5, 5);
    private static readonly IntParameter Depth = Parameter.Int("depth", 1, 9);
    private static readonly CategoricalParameter<Optimizer> Kind = Parameter.Categorical("kind", Optimizer.Adam, Optimizer.Sgd);
    private static readonly FloatParameter Momentum = Parameter.Float("momentum", 0.01, 1).Log();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ThirteenTrialsAndTwentySevenByAnotherStorageObjectAreForty(bool isDeclared)
    {
        var (one, other) = await TwoStoragesAsync();
        await RunAsync(one, isDeclared, 13, 2);
        await RunAsync(other, isDeclared, 27, 3);
        await using var study = await OpenStudyAsync(await OpenAgainAsync(one), isDeclared);
        Assert.Equal(await AloneAsync(isDeclared), Fingerprints(study));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task TwoStudyObjectsInOrderGiveTheTrialsOfOneAlone(bool isDeclared)
    {
        var (one, other) = await TwoStoragesAsync();
        await using var first = await OpenStudyAsync(one, isDeclared);
        await using var second = await OpenStudyAsync(other, isDeclared);
        var options = new RunOptions { StudyTrials = 40, Parallelism = 2 };
        await TogetherAsync(
            token => first.OptimizeAsync((trial, _) => EvaluateAsync(trial), options, token),
            token => second.OptimizeAsync((trial, _) => EvaluateAsync(trial), options, token));
        Assert.Equal(await AloneAsync(isDeclared), Fingerprints(first));
        Assert.Equal(Fingerprints(first), Fingerprints(second));
    }

    [Fact]
    public async Task EnqueuedTrialsAreHandedOutOnceEachUnderRaces()
    {
        const int Enqueued = 30;
        const int All = 50;
        var (one, other) = await TwoStoragesAsync();
        await using var first = await OpenStudyAsync(one, true, lag: null);
        await using var second = await OpenStudyAsync(other, true, lag: null);
        var numbers = await Task.WhenAll(Enumerable.Range(0, Enqueued).Select(at => Task.Run(async () =>
            await (at % 2 == 0 ? first : second).EnqueueAsync(X.Is(PlaceOf(at))))));
        Assert.Equal(Enumerable.Range(0, Enqueued), numbers.Order());
        var options = new RunOptions { StudyTrials = All, Parallelism = 3, Reproducible = false };
        await TogetherAsync(
            token => first.OptimizeAsync((trial, _) => EvaluateAsync(trial), options, token),
            token => second.OptimizeAsync((trial, _) => EvaluateAsync(trial), options, token));

        await using var study = await OpenStudyAsync(await OpenAgainAsync(one), true, lag: null);
        Assert.Equal(All, study.Trials.Count);
        Assert.All(study.Trials, trial => Assert.Equal((true, 0), (trial.State is TrialState.Completed or TrialState.Pruned, trial.Retries)));
        Assert.All(numbers.Index(), pair => Assert.Equal(PlaceOf(pair.Index), study.Trials[pair.Item].Get(X)));
        var started = (await AllAsync(other)).OfType<TrialStarted>().Select(entry => entry.Number);
        Assert.Equal(Enumerable.Range(0, All), started.Order());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ATrialTakenAwayIsTriedAgainWithItsParametersAndItsFirstWorkerChangesNothing(bool isToldBefore)
    {
        var (one, other) = await TwoStoragesAsync();
        await using var revived = await OpenStudyAsync(one, true, lag: null);
        var lost = revived.Ask();
        lost.Report(1, 0.5);
        var x = lost.Suggest(X);
        await using (var log = await OpenAsync(other))
        {
            await AppendAsync(log, Released(lost.Number, 0));
        }

        await using var study = await OpenStudyAsync(other, true, lag: null);
        var again = study.Ask();
        Assert.Equal((lost.Number, x), (again.Number, again.Suggest(X)));
        if (isToldBefore)
        {
            study.Tell(again, 1.0);
        }

        var refused = Assert.ThrowsAny<InvalidOperationException>(() => revived.Tell(lost, -100.0));
        Assert.Contains($"trial {lost.Number}", refused.Message, StringComparison.Ordinal);
        if (!isToldBefore)
        {
            study.Tell(again, 1.0);
        }

        await using var reader = await OpenStudyAsync(await OpenAgainAsync(one), true, lag: null);
        var trial = Assert.Single(reader.Trials);
        Assert.Equal((TrialState.Completed, 1.0, 1), (trial.State, trial.Value, trial.Retries));
        Assert.Empty(trial.Reports); // those of the lost attempt do not count
        Assert.Equal(EventText.Of(trial), EventText.Of(study.Trials[0]));
    }

    [Fact]
    public async Task ATrialOfAWorkerThatFellSilentIsFinishedByAnother()
    {
        var (one, other) = await TwoStoragesAsync();
        await using (var log = await OpenAsync(one))
        {
            if (!log.IsRemote)
            {
                return; // memory has no workers elsewhere
            }

            await (await OpenStudyAsync(one, true, lag: null)).DisposeAsync();
            var begun = new Configuration([X], [1.5]);
            await log.AppendAsync([new TrialStarted(Noon, 0, 0, "elsewhere/0-0/1/1/1", true, begun, null)], Token);
        }

        await using var study = await OpenStudyAsync(other, true, lag: null, lease: TimeSpan.FromMilliseconds(300));
        await study.OptimizeAsync((trial, _) => EvaluateAsync(trial), new RunOptions { StudyTrials = 3, Reproducible = false }, Token).WaitAsync(Patience, Token);
        Assert.Equal(3, study.Trials.Count);
        Assert.Equal((TrialState.Completed, 1, 1.5), (study.Trials[0].State, study.Trials[0].Retries, study.Trials[0].Get(X)));
    }

    [Fact]
    public async Task AStudyDeletedUnderARunEndsItWithAClearError()
    {
        var (one, other) = await TwoStoragesAsync();
        var study = await OpenStudyAsync(one, true, lag: null);
        var run = study.OptimizeAsync(
            async (trial, _) =>
            {
                if (trial.Number == 3)
                {
                    await other.DeleteAsync("study", Token);
                }

                return await EvaluateAsync(trial);
            },
            new RunOptions { Trials = 100, Reproducible = false },
            Token);
        await Assert.ThrowsAsync<StudyDeletedException>(() => run.WaitAsync(Patience, Token));
        Assert.Empty(await other.ListAsync(Token));
        await study.DisposeAsync();
    }

    // A run that fails must not leave the other waiting for its trials.
    private static async Task TogetherAsync(params Func<CancellationToken, Task>[] runs)
    {
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var all = runs.Select(run => run(failed.Token)).ToList();
        while (all.Count > 0)
        {
            var ended = await Task.WhenAny(all);
            all.Remove(ended);
            if (!ended.IsCompletedSuccessfully)
            {
                await failed.CancelAsync();
                await Task.WhenAll(all).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            }

            await ended;
        }
    }

    private static double PlaceOf(int at) => -4 + at / 8.0;

    private static async Task RunAsync(IStorage storage, bool isDeclared, int trials, int parallelism)
    {
        await using var study = await OpenStudyAsync(storage, isDeclared);
        await study.OptimizeAsync((trial, _) => EvaluateAsync(trial), new RunOptions { Trials = trials, Parallelism = parallelism }, Token);
    }

    // What anybody would get in memory, on one thread.
    private static async Task<string[]> AloneAsync(bool isDeclared)
    {
        await using var study = await OpenStudyAsync(new InMemoryStorage(), isDeclared);
        await study.OptimizeAsync((trial, _) => EvaluateAsync(trial), new RunOptions { Trials = 40 }, Token);
        return Fingerprints(study);
    }

    private static ValueTask<Study> OpenStudyAsync(IStorage storage, bool isDeclared, int? lag = 4, TimeSpan? lease = null) => Study.OpenAsync(
        new StudyOptions
        {
            Space = isDeclared ? [X, Depth, Kind, Momentum.When(Kind, Optimizer.Sgd)] : SearchSpace.Empty,
            Sampler = new NeighbourSampler(),
            Storage = storage,
            Seed = 7,
            Lag = lag,
            Lease = lease ?? TimeSpan.FromSeconds(60),
        },
        Token);

    private static async Task<double> EvaluateAsync(ITrial trial)
    {
        var loss = Math.Pow(trial.Suggest(X) - 1, 2) + trial.Suggest(Depth);
        loss += trial.Suggest(Kind) == Optimizer.Sgd ? trial.Suggest(Momentum) : 0.5;
        for (var step = 0; step < 4 && !trial.ShouldPrune; step++)
        {
            if ((trial.Number + step) % 3 == 0)
            {
                await Task.Delay(1 + trial.Number % 3, Token); // so that trials end in other orders than they began in
            }

            trial.Report(step, loss * (2 - step / 5.0));
        }

        trial.SetAttribute("note", $"of {trial.Number}");
        return loss;
    }

    private static string[] Fingerprints(Study study) => [.. study.Trials.Select(trial => EventText.Of(trial with { Worker = null, StartedAt = null, FinishedAt = null }))];
}
