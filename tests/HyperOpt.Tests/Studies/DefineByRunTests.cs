using System.Collections.Immutable;
using HyperOpt.Pruners;
using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Tests.Support;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Studies;

/// <summary>Parameters that no one declared join the space as trials ask for them.</summary>
public sealed class DefineByRunTests
{
    private static readonly FloatParameter X = Parameter.Float("x", 0, 10);
    private static readonly CategoricalParameter<string> Optimizer = Parameter.Categorical("optimizer", "adam", "sgd");
    private static readonly FloatParameter Momentum = Parameter.Float("momentum", 0, 1);

    [Fact]
    public void WhatTrialsAskForJoinsTheSpaceOnceTheyHaveEnded()
    {
        var study = new Study();
        var trial = study.Ask();
        trial.Suggest(X);
        Assert.Empty(study.Space);
        study.Tell(trial, 1);
        Assert.Equal([X], study.Space);
    }

    [Fact]
    public void ABranchIsAnIf()
    {
        var study = new Study();
        study.Optimize(trial => trial.Suggest(Optimizer) == "sgd" ? trial.Suggest(Momentum) : 1, trials: 30);
        Assert.All(study.Trials, trial => Assert.Equal(trial.Get(Optimizer) == "sgd", trial.Parameters.TryGet(Momentum, out _)));
        Assert.Contains(study.Trials, trial => trial.Parameters.Count == 1);
        Assert.Contains(study.Trials, trial => trial.Parameters.Count == 2);
    }

    [Fact]
    public void SuggestionsByNameAreThoseOfHandles()
    {
        var study = new Study();
        var best = study.Optimize(
            trial => trial.SuggestFloat("x", 0, 10) + trial.SuggestInt("n", 1, 9) + trial.SuggestFloat("rate", 1e-3, 1, log: true)
                + (trial.SuggestBool("b") ? 1 : 0) + trial.SuggestCategorical("c", "one", "three").Length + trial.SuggestInt("even", 0, 8, step: 2),
            trials: 5);
        Assert.Equal(["x", "n", "rate", "b", "c", "even"], study.Space.Select(parameter => parameter.Name));
        Assert.Equal(best.Parameters["x"], best.Get(X));
        Assert.Contains(Parameter.Float("rate", 1e-3, 1).Log(), study.Space);
        Assert.Contains(Parameter.Int("even", 0, 8).Step(2), study.Space);
    }

    [Fact]
    public void ValuesAreReadThroughAnyHandleWhoseDomainHoldsThem()
    {
        var study = new Study();
        study.Enqueue(X.Is(3));
        var trial = study.Ask();
        trial.Suggest(X);
        var told = study.Tell(trial, 1);
        Assert.Equal(3, told.Get(Parameter.Float("x", -100, 100).Step(1)));
        Assert.Equal(3, told.Get(Parameter.Int("x", 0, 5)));
        Assert.Contains("'x' is not among (x=3)", Assert.Throws<KeyNotFoundException>(() => told.Get(Parameter.Float("x", 5, 6))).Message);
        Assert.Throws<KeyNotFoundException>(() => told.Get(Momentum));
    }

    [Fact]
    public void AnotherRangeLaterKeepsTheOldValuesThatFitAndDropsTheOthers()
    {
        var seen = ImmutableArray<ImmutableArray<double>>.Empty;
        var study = new Study(new StudyOptions
        {
            Sampler = new DelegateSampler((space, history, random) =>
            {
                if (history.Number == 3 && space.Count == 1)
                {
                    seen = [.. history.Finished.Select(observation => observation.Point)];
                    Assert.Equal(20, Assert.IsType<FloatParameter>(space[0]).High);
                    Assert.Equal(seen.Select(point => point[0]), history.Coordinates(0).ToArray());
                }

                return new RandomSampler().Propose(space, history, random);
            }),
        });
        study.Enqueue(X.Is(2));
        study.Enqueue(X.Is(8));
        Tell(study, X);
        Tell(study, X);
        Tell(study, Parameter.Float("x", 5, 20));
        Assert.Equal([Parameter.Float("x", 5, 20)], study.Space);
        study.Ask();
        Assert.Equal(double.NaN, seen[0][0]);
        Assert.Equal((8.0 - 5) / 15, seen[1][0], 12);
        Assert.Equal(((double)study.Trials[2].Parameters["x"] - 5) / 15, seen[2][0], 12);
    }

    [Fact]
    public void ATrialMayAskForADeclaredParameterWithAnotherRange()
    {
        var wider = Parameter.Float("x", 100, 200);
        var study = new Study(new StudyOptions { Space = [X, Momentum] });
        var trial = study.Ask();
        var momentum = trial.Suggest(Momentum);
        Assert.InRange(trial.Suggest(wider), 100, 200);
        Assert.Equal(momentum, trial.Suggest(Momentum));
        Assert.Throws<InvalidOperationException>(() => trial.Suggest(X));
        Assert.InRange(study.Tell(trial, 1).Get(wider), 100, 200);
        Assert.Equal([wider, Momentum], study.Space);
    }

    [Fact]
    public void AParentThatWasNotAskedForJoinsBeforeItsChild()
    {
        var child = Momentum.When(Optimizer, "sgd");
        var study = new Study();
        study.Optimize(
            trial =>
            {
                var isActive = trial.IsActive(child);
                Assert.Equal(isActive, trial.Suggest(Optimizer) == "sgd");
                return isActive ? trial.Suggest(child) : 2;
            },
            trials: 20);
        Assert.Equal([Optimizer, child], study.Space);
        Assert.Contains(study.Trials, trial => trial.Value == 2);
        Assert.Contains(study.Trials, trial => trial.Value < 2);
    }

    [Fact]
    public void TrialsThatContradictEachOthersConditionsDoNotBreakTheStudy()
    {
        var a = Parameter.Bool("a");
        var b = Parameter.Bool("b");
        var study = new Study();
        var one = study.Ask();
        var other = study.Ask();
        _ = one.Suggest(a);
        _ = one.IsActive(b.When(a, true)) && one.Suggest(b.When(a, true));
        _ = other.Suggest(b);
        _ = other.Suggest(Parameter.Int("a", 0, 1).When(b, true, false));
        study.Tell(one, 1);
        study.Tell(other, 2);
        study.Optimize(trial => trial.Suggest(a) ? 1 : 0, trials: 5);
        Assert.Equal(7, study.Trials.Count);
    }

    [Fact]
    public void LateParametersOfATrialAreKeptOnceDrawn()
    {
        var study = new Study(new StudyOptions { Sampler = new RandomSampler() });
        var trial = study.Ask();
        var values = Enumerable.Range(0, 20).Select(i => trial.Suggest(Parameter.Float($"x{i}", 0, 1))).ToArray();
        Assert.Equal(values, Enumerable.Range(0, 20).Select(i => trial.Suggest(Parameter.Float($"x{i}", 0, 1))));
        Assert.Equal(20, values.Distinct().Count());
    }

    [Fact]
    public void ThePrunerSeesTheTrialAndTheHistoryInTheSameSpace()
    {
        var checks = 0;
        var study = new Study(new StudyOptions
        {
            Pruner = Pruner.From((trial, history) =>
            {
                Assert.Equal(history.Space.Count, trial.Point.Length);
                Assert.All(history.Finished, other => Assert.Equal(trial.Point.Length, other.Point.Length));
                checks++;
                return false;
            }),
        });
        study.Optimize(
            trial =>
            {
                trial.Suggest(X);
                trial.Report(0, 1);
                trial.Suggest(Momentum);
                trial.Report(1, 1);
                return 1;
            },
            trials: 4);
        Assert.Equal(8, checks);
    }

    private static void Tell<T>(Study study, Parameter<T> parameter)
        where T : notnull
    {
        var trial = study.Ask();
        trial.Suggest(parameter);
        study.Tell(trial, 1);
    }
}
