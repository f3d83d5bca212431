using HyperOpt.Spaces;
using HyperOpt.Tests.Support;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Studies;

public sealed class OptimizeTests
{
    private static readonly FloatParameter X = Parameter.Float("x", -5, 5);

    [Fact]
    public void TheBestTrialIsReturned()
    {
        var study = new Study(new StudyOptions { Space = [X] });
        var best = study.Optimize(trial => Math.Abs(trial.Suggest(X)), trials: 20);
        Assert.Equal(study.Trials.Min(trial => trial.Value), best.Value);
        Assert.Equal(Math.Abs(best.Get(X)), best.Value);
        Assert.Equal(Enumerable.Range(0, 20), study.Trials.Select(trial => trial.Number));
    }

    [Fact]
    public void MoreIsBetterWhereThatIsTheDirection()
    {
        var study = new Study(new StudyOptions { Space = [X], Direction = Direction.Maximize });
        Assert.Equal(study.Optimize(trial => trial.Suggest(X), trials: 20).Value, study.Trials.Max(trial => trial.Value));
    }

    [Fact]
    public async Task AnAsynchronousObjectiveGivesTheSameTrials()
    {
        var one = new Study(new StudyOptions { Space = [X] });
        one.Optimize(trial => trial.Suggest(X), trials: 20);
        var other = new Study(new StudyOptions { Space = [X] });
        await other.OptimizeAsync(
            async (trial, _) =>
            {
                await Task.Yield();
                return trial.Suggest(X);
            },
            trials: 20);
        Assert.Equal(Fingerprints.Of(one), Fingerprints.Of(other));
    }

    [Fact]
    public async Task SeveralObjectivesGiveAParetoFront()
    {
        var study = new Study(new StudyOptions { Space = [X], Directions = [Direction.Minimize, Direction.Maximize] });
        var front = study.Optimize(trial => [Math.Abs(trial.Suggest(X)), trial.Suggest(X)], trials: 20);
        Assert.Equal(study.ParetoFront, front);
        Assert.All(front, trial => Assert.Equal(2, trial.Values.Length));

        var other = new Study(new StudyOptions { Space = [X], Directions = [Direction.Minimize, Direction.Maximize] });
        var same = await other.OptimizeAsync((trial, _) => Task.FromResult<double[]>([Math.Abs(trial.Suggest(X)), trial.Suggest(X)]), trials: 20);
        Assert.Equal(front.Select(trial => trial.Number), same.Select(trial => trial.Number));

        var third = new Study(new StudyOptions { Space = [X], Directions = [Direction.Minimize, Direction.Maximize] });
        var sync = third.Optimize((trial, _) => [Math.Abs(trial.Suggest(X)), trial.Suggest(X)], new RunOptions { Trials = 20 });
        Assert.Equal(front.Select(trial => trial.Number), sync.Select(trial => trial.Number));
    }

    [Fact]
    public async Task ARunTellsHowItWent()
    {
        var study = new Study(new StudyOptions { Space = [X] });
        var summary = await study.RunAsync(
            Objective.From((trial, _) => trial.Number switch { 1 => double.NaN, 2 => throw new FormatException(), _ => 1 }),
            new RunOptions { Trials = 5, Tolerate = exception => exception is FormatException });
        Assert.Equal((3, 0, 2, 0), (summary.Completed, summary.Pruned, summary.Failed, summary.Released));
        Assert.Equal("5 trials have begun", summary.Reason);
    }

    [Fact]
    public void AHundredTrialsAreTheDefaultAndNoneIsAllowed()
    {
        var study = new Study(new StudyOptions { Space = [X] });
        Assert.Throws<InvalidOperationException>(() => study.Optimize(_ => 1, trials: 0));
        Assert.Empty(study.Trials);
        study.Optimize(_ => 1);
        Assert.Equal(100, study.Trials.Count);
    }

    [Fact]
    public void AReproducibleRunHasNoMoreWorkersThanLag()
    {
        var study = new Study(new StudyOptions { Space = [X], Lag = 2 });
        var error = Assert.Throws<ArgumentException>(() => study.Optimize(_ => 1, new RunOptions { Parallelism = 3 }));
        Assert.Contains("Parallelism=3, Lag=2", error.Message);
        study.Optimize(_ => 1, new RunOptions { Parallelism = 3, Trials = 4, Reproducible = false });
    }

    [Fact]
    public void LimitsThatNoTimerHoldsAreRefusedWhereTheyAreSet()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new RunOptions { Timeout = TimeSpan.MaxValue });
        Assert.Throws<ArgumentOutOfRangeException>(() => new RunOptions { TrialTimeLimit = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(() => new RunOptions { Grace = TimeSpan.FromSeconds(-2) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new RunOptions { Parallelism = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new RunOptions { Trials = -1 });
        Assert.Equal(TimeSpan.Zero, new RunOptions { Grace = TimeSpan.Zero }.Grace);
    }
}
