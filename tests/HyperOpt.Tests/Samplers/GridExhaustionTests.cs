using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Samplers;

/// <summary>Nothing twice, everything once, and then the run ends: however many runs and workers there are, whatever else is tried.</summary>
public sealed class GridExhaustionTests
{
    private static readonly IntParameter A = Parameter.Int("a", 1, 10);
    private static readonly FloatParameter X = Parameter.Float("x", 0, 1);
    private static readonly SearchSpace Space = [A, X];

    [Fact]
    public async Task TheRunEndsWhenAllWasTriedAndSaysWhy()
    {
        var study = GridRun.Create(Space);
        var summary = await study.RunAsync();
        Assert.Equal(GridRun.NothingLeft, summary.Reason);
        Assert.Equal(50, summary.Completed);
        AssertAllOnce(study);
    }

    [Fact]
    public async Task AnotherRunOfAnExhaustedStudyBeginsNothing()
    {
        var study = GridRun.Create(Space);
        await study.RunAsync();
        Assert.Equal(0, (await study.RunAsync()).Completed);
        Assert.Equal(50, study.Trials.Count);
    }

    [Fact]
    public async Task ASecondRunGoesOnWhereTheFirstEnded()
    {
        var study = GridRun.Create(Space);
        Assert.Equal(17, (await study.RunAsync(new RunOptions { Trials = 17 })).Completed);
        Assert.Equal(33, (await study.RunAsync()).Completed);
        AssertAllOnce(study);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ManyWorkersTryNothingTwice(bool isReproducible)
    {
        for (var seed = 1UL; seed <= 10; seed++)
        {
            var study = GridRun.Create(Space, seed: seed);
            var summary = await study.RunAsync(new RunOptions { Trials = GridRun.Enough, Parallelism = 8, Reproducible = isReproducible });
            Assert.Equal(GridRun.NothingLeft, summary.Reason);
            Assert.Equal(50, summary.Completed);
            AssertAllOnce(study);
        }
    }

    [Fact]
    public async Task ManyWorkersMayEachRunTheSameStudy()
    {
        var study = GridRun.Create(Space);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => study.RunAsync(new RunOptions { Trials = GridRun.Enough, Parallelism = 2, Reproducible = false })));
        AssertAllOnce(study);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AnEnqueuedCombinationIsNotRepeated(bool shuffles)
    {
        var study = GridRun.Create(Space, new GridSampler { Shuffle = shuffles });
        study.Enqueue(A.Is(10), X.Is(1.0));
        study.Enqueue(A.Is(4), X.Is(0.25));
        await study.RunAsync(new RunOptions { Trials = 20 });
        study.Enqueue(A.Is(5), X.Is(0.5));
        await study.RunAsync();
        Assert.Equal((10, 1.0), (study.Trials[0].Get(A), study.Trials[0].Get(X)));
        Assert.InRange(study.Trials.Count, 50, 51); // the last one enqueued may have been tried before
        Assert.Equal(50, study.Trials.Select(Values).Distinct().Count());
    }

    [Fact]
    public async Task AnEnqueuedTrialOffTheGridComesOnTop()
    {
        var study = GridRun.Create(Space);
        study.Enqueue(A.Is(4), X.Is(0.3));
        await study.RunAsync();
        Assert.Equal(51, study.Trials.Count);
        Assert.Equal(51, study.Trials.Select(Values).Distinct().Count());
    }

    [Fact]
    public async Task AFailedTrialWasTriedToo()
    {
        var study = GridRun.Create(Space);
        await study.RunAsync(
            Objective.From((trial, _) => trial.Suggest(A) + trial.Suggest(X) > 5 ? double.NaN : 1),
            new RunOptions { Trials = GridRun.Enough }, TestContext.Current.CancellationToken);
        AssertAllOnce(study);
    }

    [Fact]
    public async Task AStudyThatHasSearchedAtRandomGoesOnWithTheRestOfTheGrid()
    {
        SearchSpace space = [A, Parameter.Bool("flag")];
        var storage = new HyperOpt.Storage.InMemoryStorage();
        var random = new Study(new StudyOptions { Space = space, Sampler = new RandomSampler(), Storage = storage });
        await random.RunAsync(new RunOptions { Trials = 9 });
        var grid = new Study(new StudyOptions { Space = space, Sampler = new GridSampler(), Storage = storage });
        Assert.Equal(11, (await grid.RunAsync()).Completed);
        Assert.Equal(20, grid.Trials.Select(trial => trial.Parameters.ToString()).Distinct().Count());
    }

    private static void AssertAllOnce(Study study) => Assert.Equal(
        from a in Enumerable.Range(1, 10) from x in new[] { 0, 0.25, 0.5, 0.75, 1 } select (a, x),
        study.Trials.Where(trial => trial.State != TrialState.Waiting).Select(Values).Order());

    private static (int, double) Values(FrozenTrial trial) => (trial.Get(A), trial.Get(X));
}
