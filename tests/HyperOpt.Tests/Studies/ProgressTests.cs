using HyperOpt.Spaces;
using HyperOpt.Tests.Support;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Studies;

public sealed class ProgressTests
{
    private static readonly FloatParameter X = Parameter.Float("x", 0, 10);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TheCallbackIsCalledOnceForEachTrialByOneThreadAtATime(bool isReproducible)
    {
        var inside = 0;
        var numbers = new List<int>();
        using var overlap = new Barrier(4);
        var study = new Study(new StudyOptions { Space = [X] });
        study.Optimize(
            trial =>
            {
                overlap.Meet(); // four trials end at the same moment
                return trial.Suggest(X);
            },
            new RunOptions
            {
                Trials = 32,
                Parallelism = 4,
                Reproducible = isReproducible,
                OnTrialEnded = (_, trial) =>
                {
                    Assert.Equal(1, Interlocked.Increment(ref inside));
                    numbers.Add(trial.Number);
                    Thread.SpinWait(100);
                    Interlocked.Decrement(ref inside);
                },
            });
        Assert.Equal(Enumerable.Range(0, 32), numbers.Order());
    }

    [Fact]
    public void AnExceptionOfTheCallbackEndsTheRunAndIsThrown()
    {
        var study = new Study(new StudyOptions { Space = [X] });
        var error = Assert.Throws<FormatException>(() => study.Optimize(
            trial => trial.Suggest(X),
            new RunOptions { Trials = 10, OnTrialEnded = (_, trial) => ThrowAt(3, trial) }));
        Assert.Equal("no", error.Message);
        Assert.Equal(4, study.Trials.Count);
        Assert.All(study.Trials, trial => Assert.Equal(TrialState.Completed, trial.State));
    }

    [Fact]
    public void ProgressSaysHowFarTheRunIs()
    {
        var time = new ManualTime();
        var progress = new Sink();
        var study = new Study(new StudyOptions { Space = [X], TimeProvider = time });
        study.Optimize(
            trial =>
            {
                time.Advance(TimeSpan.FromSeconds(2));
                return 5 - trial.Number % 3;
            },
            new RunOptions { Trials = 4, Progress = progress });
        Assert.Equal([1, 2, 3, 4], progress.Reports.Select(report => report.Ended));
        Assert.Equal([0, 1, 2, 2], progress.Reports.Select(report => report.Best!.Number));
        Assert.Equal([0, 1, 2, 3], progress.Reports.Select(report => report.Latest.Number));
        Assert.Equal([2, 4, 6, 8], progress.Reports.Select(report => report.Elapsed.TotalSeconds));
        Assert.All(progress.Reports, report => Assert.Equal(4, report.Trials));
    }

    [Fact]
    public void TheCallbackMayUseTheStudy()
    {
        var study = new Study(new StudyOptions { Space = [X] });
        study.Optimize(
            trial => trial.Suggest(X),
            new RunOptions { Trials = 3, OnTrialEnded = (one, trial) => _ = trial.Number == 0 ? one.Enqueue(X.Is(one.Best.Value)) : 0 });
        Assert.Equal(study.Trials[0].Value, study.Trials[1].Value);
    }

    private static void ThrowAt(int number, FrozenTrial trial)
    {
        if (trial.Number == number)
        {
            throw new FormatException("no");
        }
    }

    private sealed class Sink : IProgress<RunProgress>
    {
        public List<RunProgress> Reports { get; } = [];

        public void Report(RunProgress value) => Reports.Add(value);
    }
}
