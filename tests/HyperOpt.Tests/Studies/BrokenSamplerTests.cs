using HyperOpt.Pruners;
using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Tests.Support;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Studies;

/// <summary>Samplers and pruners that go wrong: the error names who, and the study goes on with a better one.</summary>
public sealed class BrokenSamplerTests
{
    private static readonly FloatParameter X = Parameter.Float("x", 0, 10);
    private static readonly CategoricalParameter<string> Optimizer = Parameter.Categorical("optimizer", "adam", "sgd");
    private static readonly FloatParameter Momentum = Parameter.Float("momentum", 0, 1).When(Optimizer, "sgd");

    public static TheoryData<double[], string> Garbage => new()
    {
        { [0.5, 0.9], "there are 2 for 3" },
        { [double.NaN, 0.9, 0.5], "'x' has NaN" },
        { [0.5, 0.9, double.NaN], "'momentum' has NaN" },
        { [0.5, 0.9, 1.001], "'momentum' has 1.001" },
        { [-0.001, 0.1, 0.5], "'x' has -0.001" },
    };

    [Theory]
    [MemberData(nameof(Garbage))]
    public void AProposalThatIsNoPointOfTheSpaceIsAnErrorThatNamesTheSampler(double[] point, string facts)
    {
        foreach (var isReproducible in new[] { true, false })
        {
            var study = new Study(new StudyOptions { Space = [X, Optimizer, Momentum], Sampler = new DelegateSampler((_, _, _) => new Proposal([.. point])) });
            var error = Assert.Throws<InvalidOperationException>(
                () => study.Optimize(_ => 1.0, new RunOptions { Trials = 3, Parallelism = 2, Reproducible = isReproducible }));
            Assert.Contains(nameof(DelegateSampler), error.Message);
            Assert.Contains(facts, error.Message);
            Assert.Empty(study.Trials);
        }
    }

    [Fact]
    public void InactiveAxesMayHoldAnything()
    {
        var study = new Study(new StudyOptions { Space = [X, Optimizer, Momentum], Sampler = new DelegateSampler((_, _, _) => new Proposal([0.5, 0.1, -7])) });
        Assert.Equal("adam", study.Ask().Suggest(Optimizer));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(99)]
    public void AParentThatHasNotFinishedIsAnErrorThatNamesTheSampler(int parent)
    {
        foreach (int? lag in new int?[] { null, 2 })
        {
            var study = new Study(new StudyOptions
            {
                Space = [X],
                Lag = lag,
                Sampler = new DelegateSampler((_, history, _) => new Proposal([0.5], history.Number == 2 ? parent : null)),
            });
            study.Tell(study.Ask(), 1);
            var running = study.Ask();
            var error = Assert.Throws<InvalidOperationException>(() => study.Ask());
            Assert.Contains($"DelegateSampler named trial {parent} as that of trial 2", error.Message);
            Assert.Equal(2, study.Trials.Count);
            study.Tell(running, 1);
        }
    }

    [Fact]
    public void AParentIsSeenByItsChild()
    {
        var study = new Study(new StudyOptions
        {
            Space = [X],
            Sampler = new DelegateSampler((_, history, _) => new Proposal([0.5], history.Number == 0 ? null : history.Number - 1)),
        });
        study.Optimize(trial => (trial.Parent?.Value ?? 0) + 1, trials: 4);
        Assert.Equal([1, 2, 3, 4], study.Trials.Select(trial => trial.Value));
        Assert.Equal([null, 0, 1, 2], study.Trials.Select(trial => trial.Parent));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void WhatASamplerThrowsEndsTheRunAndTheNextRunGoesOn(bool isReproducible)
    {
        var isBroken = true;
        var study = new Study(new StudyOptions
        {
            Space = [X],
            Sampler = new DelegateSampler((space, history, random) =>
                isBroken && history.Number >= 4 ? throw new FormatException("broken") : new RandomSampler().Propose(space, history, random)),
        });
        var options = new RunOptions { Trials = 20, Parallelism = 4, Reproducible = isReproducible };
        Assert.Equal("broken", Assert.Throws<FormatException>(() => study.Optimize(trial => trial.Suggest(X), options)).Message);
        Assert.InRange(study.Trials.Count, isReproducible ? 4 : 0, 4); // as completed, trial 4 may be considered before all four have begun
        Assert.All(study.Trials, trial => Assert.Equal(TrialState.Completed, trial.State));

        isBroken = false;
        study.Optimize(trial => trial.Suggest(X), trials: 14 - study.Trials.Count);
        Assert.Equal(Enumerable.Range(0, 14), study.Trials.Select(trial => trial.Number));
        Assert.All(study.Trials, trial => Assert.Equal(TrialState.Completed, trial.State));
    }

    [Fact]
    public void WhatAPrunerThrowsFailsTheTrialAndEndsTheRun()
    {
        var study = new Study(new StudyOptions { Space = [X], Pruner = Pruner.From((_, _) => throw new FormatException("broken")) });
        var error = Assert.Throws<FormatException>(() => study.Optimize(
            trial =>
            {
                trial.Report(0, 1);
                return 1;
            },
            trials: 3));
        Assert.Equal("broken", error.Message);
        Assert.Equal(TrialState.Failed, Assert.Single(study.Trials).State);
    }
}
