using System.Collections.Concurrent;
using HyperOpt.Pruners;
using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Storage;
using HyperOpt.Tests.Support;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Studies;

/// <summary>A study is a fold over its log: whoever folds it has the same study.</summary>
public sealed class SharedStorageTests
{
    private static readonly FloatParameter X = Parameter.Float("x", 0, 10);
    private static readonly CategoricalParameter<string> Kind = Parameter.Categorical("kind", "plain", "fancy");

    [Fact]
    public void ASecondObjectOverTheLogHasTheSameState()
    {
        var options = new StudyOptions { Storage = new InMemoryStorage(), Seed = 9, Pruner = Pruner.From((trial, _) => trial.Number % 5 == 1) };
        var first = new Study(options);
        first.Enqueue(X.Is(3));
        first.Optimize(Evaluate, new RunOptions { Trials = 30, Parallelism = 4, Tolerate = _ => true });
        first.SetAttribute("data", "digits");
        first.Enqueue(X.Is(4), Kind.Is("fancy"));
        first.Ask();
        first.Enqueue(X.Is(5));

        var second = new Study(options);
        Assert.Equal(Fingerprints.Of(first), Fingerprints.Of(second));
        Assert.Equal(first.Trials.Select(Rest), second.Trials.Select(Rest));
        Assert.Equal(first.Best.Number, second.Best.Number);
        Assert.Equal(first.ParetoFront.Select(trial => trial.Number), second.ParetoFront.Select(trial => trial.Number));
        Assert.Equal(first.Space, second.Space);
        Assert.Equal(first.Attributes, second.Attributes);
    }

    /// <summary>The clock stands still: all that is done is done at the same instant.</summary>
    [Fact]
    public void TwoWhoEnqueueAtTheSameInstantLoseNothing()
    {
        var options = new StudyOptions { Storage = new InMemoryStorage(), Space = [X], TimeProvider = new ManualTime() };
        using var one = new Study(options);
        using var other = new Study(options);
        Assert.Equal((0, 1, 2), (one.Enqueue(X.Is(3)), other.Enqueue(X.Is(4)), one.Enqueue(X.Is(5))));
        Assert.Equal([3.0, 4, 5], new Study(options).Trials.Select(trial => trial.Get(X)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AStudyThatIsOpenedAgainGoesOnAsIfItHadNotBeenClosed(bool isReproducible)
    {
        var options = new StudyOptions { Seed = 4, Sampler = new NeighbourSampler(), Lag = isReproducible ? 2 : null };
        var whole = new Study(options);
        whole.Optimize(Evaluate, new RunOptions { Trials = 30, Tolerate = _ => true, Reproducible = isReproducible });
        var storage = new InMemoryStorage();
        foreach (var trials in new[] { 11, 19 })
        {
            new Study(options with { Storage = storage }).Optimize(Evaluate, new RunOptions { Trials = trials, Tolerate = _ => true, Reproducible = isReproducible });
        }

        Assert.Equal(Fingerprints.Of(whole), Fingerprints.Of(new Study(options with { Storage = storage })));
    }

    [Fact]
    public async Task ConcurrentAsksOfSeveralObjectsNeverTakeTheSameTrial()
    {
        var options = new StudyOptions { Space = [X], Storage = new InMemoryStorage() };
        Study[] studies = [.. Enumerable.Range(0, 4).Select(_ => new Study(options))];
        studies[0].Enqueue(X.Is(1));
        studies[0].Enqueue(X.Is(2));
        var numbers = new ConcurrentBag<int>();
        using var together = new Barrier(4);
        await Task.WhenAll(studies.Select(study => Task.Factory.StartNew(
            () =>
            {
                together.Meet();
                for (var i = 0; i < 50; i++)
                {
                    var trial = study.Ask();
                    numbers.Add(trial.Number);
                    study.Tell(trial, trial.Suggest(X));
                }
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))).Within();
        Assert.Equal(Enumerable.Range(0, 200), numbers.Order());
        var all = new Study(options);
        Assert.Equal(200, all.Trials.Count(trial => trial.State == TrialState.Completed));
        Assert.Equal([1, 2], all.Trials.Take(2).Select(trial => trial.Value));
    }

    [Fact]
    public void WithoutAStorageTheSameOptionsMakeAnotherStudyEachTime()
    {
        var options = new StudyOptions { Space = [X] };
        new Study(options).Optimize(trial => trial.Suggest(X), trials: 3);
        Assert.Empty(new Study(options).Trials);
        Assert.Empty(new Study(options with { Seed = 2 }).Trials);
    }

    [Fact]
    public void AnotherSeedOrOtherDirectionsAreNotThatStudy()
    {
        var storage = new InMemoryStorage();
        _ = new Study(new StudyOptions { Name = "mine", Storage = storage, Seed = 1 });
        var message = Assert.Throws<InvalidOperationException>(() => new Study(new StudyOptions { Name = "mine", Storage = storage, Seed = 2 })).Message;
        Assert.Contains("'mine' has 1, but was opened with 2", message);
        Assert.Throws<InvalidOperationException>(() => new Study(new StudyOptions { Name = "mine", Storage = storage, Seed = 1, Direction = Direction.Maximize }));
        _ = new Study(new StudyOptions { Name = "other", Storage = storage, Seed = 2 });
    }

    [Fact]
    public void WhatHappensOnceOnlyHasAClaimOfItsOwn()
    {
        var at = ManualTime.Start;
        Assert.Equal([new EventClaim(ClaimKind.Number, 3, 0)], new TrialEnqueued(at, 3, Configuration.Empty).Claims);
        Assert.Equal([new EventClaim(ClaimKind.Number, 3, 0)], new TrialStarted(at, 3, 0, "me", true, null, null).Claims);
        Assert.Equal([new EventClaim(ClaimKind.Start, 3, 1)], new TrialStarted(at, 3, 1, "me", false, null, null).Claims);
        Assert.Equal([new EventClaim(ClaimKind.End, 3, 1)], new TrialReleased(at, 3, 1, "late", false).Claims);
        Assert.Equal([new EventClaim(ClaimKind.End, 3, 1)], new TrialEnded(at, 3, 1, TrialState.Failed).Claims);
        Assert.Empty(new TrialReported(at, 3, 1, new Report(0, [1])).Claims);
        Assert.Empty(new StudyAttributeSet(at, "a", 1).Claims);
    }

    private static double Evaluate(ITrial trial)
    {
        var x = trial.Suggest(X) + (trial.Suggest(Kind) == "fancy" ? 1 : 0);
        trial.Report(0, x);
        trial.SetAttribute("x", x);
        trial.SetConstraints(x - 9);
        return trial.Number % 7 == 6 ? throw new FormatException("seven") : trial.ShouldPrune ? x + 1 : x;
    }

    private static string Rest(FrozenTrial trial) => string.Join(
        "|", string.Join(",", trial.Attributes), string.Join(",", trial.Constraints), trial.Error, trial.Retries, trial.StartedAt, trial.FinishedAt,
        string.Join(",", trial.Reports.Select(report => $"{report.Step}:{report.Values[0]}")));
}
