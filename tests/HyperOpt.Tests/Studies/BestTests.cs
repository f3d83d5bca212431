using HyperOpt.Pruners;
using HyperOpt.Spaces;
using HyperOpt.Tests.Support;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Studies;

public sealed class BestTests
{
    private static readonly FloatParameter X = Parameter.Float("x", 0, 10);

    [Fact]
    public void OnlyCompletedFeasibleTrialsAreConsidered()
    {
        var study = new Study(new StudyOptions { Space = [X], Pruner = Pruner.From((_, _) => true) });
        study.Optimize(
            trial =>
            {
                switch (trial.Number)
                {
                    case 0:
                        trial.SetConstraints(-1, 0.1);
                        return -10;
                    case 1:
                        trial.Report(0, -20);
                        return trial.ShouldPrune ? -20 : 0;
                    case 2:
                        return double.NaN;
                    case 3:
                        trial.SetConstraints(-1, 0);
                        return 3;
                    default:
                        return 4;
                }
            },
            trials: 5);
        Assert.Equal(3, study.Best.Number);
        Assert.Equal([TrialState.Completed, TrialState.Pruned, TrialState.Failed, TrialState.Completed, TrialState.Completed], study.Trials.Select(trial => trial.State));
    }

    [Fact]
    public void WithoutSuchATrialTheErrorSaysWhatThereIs()
    {
        var study = new Study(new StudyOptions { Name = "mine", Space = [X] });
        Assert.Contains("study 'mine' has none among 0 trials", Assert.Throws<InvalidOperationException>(() => study.Best).Message);
        study.TellFailed(study.Ask());
        study.TellFailed(study.Ask());
        study.Ask();
        Assert.Contains("2 Failed, 1 Running", Assert.Throws<InvalidOperationException>(() => study.Best).Message);
    }

    [Fact]
    public void SeveralObjectivesHaveNoBest()
    {
        var study = new Study(new StudyOptions { Directions = [Direction.Minimize, Direction.Minimize] });
        Assert.Contains("Use ParetoFront", Assert.Throws<InvalidOperationException>(() => study.Best).Message);
    }

    [Theory]
    [InlineData(Direction.Minimize)]
    [InlineData(Direction.Maximize)]
    public void OfEqualsTheLowestNumberIsBestWhicheverEndedFirst(Direction direction)
    {
        var study = new Study(new StudyOptions { Space = [X], Direction = direction });
        ITrial[] trials = [study.Ask(), study.Ask(), study.Ask()];
        study.Tell(trials[2], 1);
        Assert.Equal(2, study.Best.Number);
        study.Tell(trials[1], 1);
        Assert.Equal(1, study.Best.Number);
        study.Tell(trials[0], 1);
        Assert.Equal(0, study.Best.Number);
    }

    [Fact]
    public async Task OptimizeReturnsTheSameOfEqualsWhateverTheTiming()
    {
        var study = new Study(new StudyOptions { Space = [X] });
        TaskCompletionSource[] ended = [new(), new()];
        var best = await study.OptimizeAsync(
            async (trial, _) =>
            {
                await (trial.Number == 0 ? ended[1].Task : Task.CompletedTask).Within();
                return 1;
            },
            new RunOptions { Trials = 2, Parallelism = 2, OnTrialEnded = (_, trial) => ended[trial.Number].SetResult() });
        Assert.Equal(0, best.Number);
    }

    [Fact]
    public void AnInfiniteValueIsBestUntilThereIsABetter()
    {
        var study = new Study(new StudyOptions { Space = [X] });
        study.Tell(study.Ask(), double.PositiveInfinity);
        Assert.Equal(0, study.Best.Number);
        study.Tell(study.Ask(), 1);
        Assert.Equal(1, study.Best.Number);
    }
}
