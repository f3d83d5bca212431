using HyperOpt.Pruners;
using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Studies;

/// <summary>Rules that end a run because more of it is not worth its compute.</summary>
public sealed class WorthwhileStopTests
{
    private static readonly FloatParameter X = Parameter.Float("x", 0, 1);

    [Fact]
    public async Task ABudgetOfReportsEndsARunAndPrunedTrialsSpendLess()
    {
        async Task<(int Trials, string Reason)> TrialsOf(IPruner pruner)
        {
            var study = new Study(new StudyOptions { Space = [X], Pruner = pruner, Sampler = new RandomSampler() });
            var summary = await study.RunAsync(
                Objective.From((trial, _) =>
                {
                    for (var step = 0; step < 10 && !trial.ShouldPrune; step++)
                    {
                        trial.Report(step, trial.Suggest(X));
                    }

                    return trial.Suggest(X);
                }),
                new RunOptions { StopWhen = Stop.AfterReports(95) });
            return (study.Trials.Count, summary.Reason);
        }

        Assert.Equal((10, "100 reports have been made, the budget being 95"), await TrialsOf(new NopPruner()));
        Assert.InRange((await TrialsOf(new MedianPruner { StartupTrials = 2 })).Trials, 12, 95);
    }

    [Fact]
    public async Task ARunEndsWhenNothingCanBeExpectedToBeMuchBetter()
    {
        var study = new Study(new StudyOptions { Space = [X], Sampler = new TpeSampler() });
        var rule = Stop.WhenRegretBelow(0.01).Or(Stop.AfterTrials(200));
        var summary = await study.RunAsync(Objective.From((trial, _) => Math.Pow(trial.Suggest(X) - 0.3, 2)), new RunOptions { StopWhen = rule });
        Assert.StartsWith("nothing can be expected to be better by more than ", summary.Reason, StringComparison.Ordinal);
        Assert.InRange(study.Trials.Count, 20, 100);
        Assert.InRange(study.Best.Value, 0, 0.01);
    }

    [Fact]
    public async Task ARoughObjectiveIsNotGivenUpForLackOfHope()
    {
        var study = new Study(new StudyOptions { Space = [X] });
        var rule = Stop.WhenRegretBelow(0.01).Or(Stop.AfterTrials(60));
        var summary = await study.RunAsync(Objective.From((trial, _) => Math.Sin(200 * trial.Suggest(X))), new RunOptions { StopWhen = rule });
        Assert.Equal("60 trials have begun", summary.Reason);
    }

    [Fact]
    public void RulesThatCannotHoldAreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Stop.AfterReports(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Stop.WhenRegretBelow(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Stop.WhenRegretBelow(double.NaN));
    }

    [Fact]
    public void AStatusMadeByHandKnowsNoHistory() =>
        Assert.Null(new RunStatus(0, TimeSpan.Zero, 0, null, 0, [Direction.Minimize]).History);
}
