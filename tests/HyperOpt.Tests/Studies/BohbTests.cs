using HyperOpt.Pruners;
using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Tests.Support;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Studies;

/// <summary>Hyperband's brackets with proposals of TPE: what is known as BOHB (Falkner, Klein and Hutter 2018, arXiv:1807.01774).</summary>
public sealed class BohbTests
{
    private static readonly FloatParameter X = Parameter.Float("x", 0, 1);
    private static readonly FloatParameter Y = Parameter.Float("y", 0, 1);

    [Fact]
    public void TheSameTrialsArePrunedAtAnyParallelism()
    {
        string[]? expected = null;
        foreach (var parallelism in new[] { 1, 4 })
        {
            var study = new Study(new StudyOptions { Space = [X, Y], Lag = 4, Seed = 3, Sampler = new TpeSampler(), Pruner = new HyperbandPruner { MaxResource = 27 } });
            study.Optimize(Loss, new RunOptions { Trials = 60, Parallelism = parallelism });
            expected ??= Fingerprints.Of(study);
            Assert.Equal(expected, Fingerprints.Of(study));
            Assert.Contains(study.Trials, trial => trial.State == TrialState.Pruned);
        }
    }

    /// <remarks>
    /// A sampler learns from the trials of all brackets. With equal steps over 20 seeds it must win 15 times at least: by chance, were both alike, once in 48; the seeds are fixed.
    /// </remarks>
    [Fact]
    public void TheModelBeatsRandomSearchInTheSameBracketsAtEqualSteps()
    {
        var wins = 0;
        for (var seed = 0ul; seed < 20; seed++)
        {
            wins += BestOf(new TpeSampler(), seed) < BestOf(new RandomSampler(), seed) ? 1 : 0;
        }

        Assert.InRange(wins, 15, 20);
    }

    private static double BestOf(ISampler sampler, ulong seed)
    {
        var study = new Study(new StudyOptions { Space = [X, Y], Seed = seed, Sampler = sampler, Pruner = new HyperbandPruner { MaxResource = 27 } });
        study.Optimize(Loss, new RunOptions { StopWhen = Stop.AfterReports(900) });
        return study.Best.Value;
    }

    private static double Loss(ITrial trial)
    {
        var floor = Math.Pow(trial.Suggest(X) - 0.7, 2) + Math.Pow(trial.Suggest(Y) - 0.2, 2);
        for (var step = 1; step <= 27 && !trial.ShouldPrune; step++)
        {
            trial.Report(step, floor + (0.2 + trial.Suggest(X)) / step);
        }

        return floor;
    }
}
