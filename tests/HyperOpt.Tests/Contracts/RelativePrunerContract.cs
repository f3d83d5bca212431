using HyperOpt.Pruners;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Contracts;

/// <summary>What any pruner that judges a trial by how others did must hold to.</summary>
public abstract class RelativePrunerContract : PrunerContract
{
    [Fact]
    public void TheBestCurveOfAllIsNeverPruned()
    {
        var history = Enough();
        var best = PrunerCases.Running(Enumerable.Range(0, PrunerCases.Steps).Select(step =>
            (step, history.Finished.Min(other => other.Curve.Loss(step)) - 0.01)));
        Assert.All(PrunerCases.AfterEachReport(best), trial => Assert.False(CreatePruner().ShouldPrune(trial, history)));
    }

    [Fact]
    public void CompletedTrialsThatAreWorseNeverGetATrialPruned()
    {
        var history = Enough();
        var pruner = CreatePruner();
        foreach (var trial in PrunerCases.UnderWay(30, 7).SelectMany(PrunerCases.AfterEachReport))
        {
            if (!pruner.ShouldPrune(trial, history))
            {
                Assert.False(pruner.ShouldPrune(trial, PrunerCases.History([.. history.Finished, .. WorseThan(trial)])));
            }
        }
    }

    private static IEnumerable<Observation> WorseThan(Observation trial)
    {
        var worst = PrunerCases.Reports(trial).Max(report => report.Loss);
        return PrunerCases.CompletedTrials(25, 3, 5_000).Select(other => PrunerCases.Trial(
            other.Number, TrialState.Completed, PrunerCases.Reports(other).Select(report => (report.Step, report.Loss + worst + 0.01))));
    }
}
