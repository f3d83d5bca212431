using HyperOpt.Pruners;
using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Studies;

public sealed class PruningReplayTests
{
    private static readonly FloatParameter X = Parameter.Float("x", 0, 1);

    [Fact]
    public void AReplayPrunesAsTheStudyWouldHave()
    {
        var whole = PruningAuditTests.Run(new StudyOptions { Space = [X], Sampler = new RandomSampler(), Pruner = new NopPruner() });
        IPruner[] pruners = [new MedianPruner(), new SuccessiveHalvingPruner { MinResource = 1 }, new HyperbandPruner { MaxResource = 9 }, new CurvePruner()];
        foreach (var pruner in pruners)
        {
            var live = PruningAuditTests.Run(new StudyOptions { Space = [X], Sampler = new RandomSampler(), Pruner = pruner }); // random search: the same trials
            var replay = PruningReplay.Run(whole, pruner);
            Assert.Equal(live.Trials.Select(trial => trial.Reports.Length), replay.Trials.Select(trial => trial.Reports));
            Assert.Equal(live.Trials.Select(trial => trial.Pruning?.ToString()), replay.Trials.Select(trial => trial.Decision?.ToString()));
            Assert.Equal(live.Best.Number, replay.Best!.Number);
            Assert.InRange(replay.Saved, 0.1, 1);
        }
    }

    [Fact]
    public void WhatIsLostIsCounted()
    {
        var whole = PruningAuditTests.Run(new StudyOptions { Space = [X], Sampler = new RandomSampler(), Pruner = new NopPruner() });
        var none = PruningReplay.Run(whole, new NopPruner());
        Assert.Equal((0.0, 0, false, whole.Best.Number), (none.Saved, none.WinnersLost, none.IsBestLost, none.Best!.Number));
        var all = PruningReplay.Run(whole, Pruner.From((_, _) => true));
        Assert.Equal((0.9, all.Winners, true, null), (all.Saved, all.WinnersLost, all.IsBestLost, all.Best));
        Assert.Equal($"saves 90.0 % of 400 reports and loses {all.Winners} of {all.Winners} winners, the best", all.ToString());
    }

    [Fact]
    public void SeveralObjectivesLoseFromTheirFront()
    {
        var study = new Study(new StudyOptions { Space = [X], Directions = [Direction.Minimize, Direction.Maximize], Pruner = new NopPruner() });
        study.Optimize(trial =>
        {
            trial.Report(0, trial.Suggest(X), trial.Suggest(X));
            trial.Report(1, trial.Suggest(X), trial.Suggest(X));
            return [trial.Suggest(X), trial.Suggest(X)];
        }, trials: 10);
        var replay = PruningReplay.Run(study, Pruner.From((trial, _) => trial.Number >= 5));
        Assert.Equal((10, 5, true, null), (replay.Winners, replay.WinnersLost, replay.IsBestLost, replay.Best));
    }

    [Fact]
    public void WithoutCurvesThereIsNothingToReplay() => Assert.Contains(
        "no trial of study 'study' has reported", Assert.Throws<ArgumentException>(() => PruningReplay.Run(new Study(), new NopPruner())).Message, StringComparison.Ordinal);
}
