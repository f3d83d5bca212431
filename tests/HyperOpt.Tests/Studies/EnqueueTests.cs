using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Tests.Support;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Studies;

/// <summary>A person's own guesses, first.</summary>
public sealed class EnqueueTests
{
    private static readonly FloatParameter X = Parameter.Float("x", 0, 10);
    private static readonly FloatParameter Y = Parameter.Float("y", 0, 10);
    private static readonly CategoricalParameter<string> Optimizer = Parameter.Categorical("optimizer", "adam", "sgd");
    private static readonly FloatParameter Momentum = Parameter.Float("momentum", 0, 1).When(Optimizer, "sgd");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void WhatCameFirstIsTriedFirst(bool isReproducible)
    {
        var study = new Study(new StudyOptions { Space = [X, Y] });
        Assert.Equal(0, study.Enqueue(X.Is(3), Y.Is(4)));
        Assert.Equal(1, study.Enqueue(X.Is(5), Y.Is(6)));
        Assert.Equal(TrialState.Waiting, study.Trials[0].State);
        Assert.Null(study.Trials[0].StartedAt);
        Assert.Equal(3, study.Trials[0].Get(X));
        study.Optimize(trial => trial.Suggest(X) + trial.Suggest(Y), new RunOptions { Trials = 3, Reproducible = isReproducible });
        Assert.Equal([7, 11], study.Trials.Take(2).Select(trial => trial.Value));
        Assert.Equal(3, study.Trials.Count);
    }

    [Fact]
    public void TheSamplerAddsWhatIsMissing()
    {
        var study = new Study(new StudyOptions { Space = [X, Y], Sampler = new DelegateSampler((_, _, _) => new Proposal([0.25, 0.75])) });
        study.Enqueue(X.Is(3));
        study.Enqueue();
        study.Optimize(trial => trial.Suggest(X) + trial.Suggest(Y), trials: 2);
        Assert.Equal([10.5, 10], study.Trials.Select(trial => trial.Value));
    }

    [Fact]
    public void AGuessIsTriedThoughTheSamplerHasNothingLeft()
    {
        var b = Parameter.Bool("b");
        var study = new Study(new StudyOptions { Space = [b], Sampler = new GridSampler() });
        study.Optimize(trial => trial.Suggest(b) ? 1 : 0, trials: 5);
        Assert.Equal(2, study.Trials.Count);
        study.Enqueue(b.Is(true));
        study.Optimize(trial => trial.Suggest(b) ? 1 : 0, trials: 5);
        Assert.Equal(3, study.Trials.Count);
        Assert.True(study.Trials[2].Get(b));
    }

    [Fact]
    public void ValuesThatDoNotFitTheDeclaredDomainAreRefused()
    {
        var study = new Study(new StudyOptions { Space = [X] });
        var message = Assert.Throws<ArgumentException>(() => study.Enqueue(Parameter.Float("x", 0, 100).Is(50))).Message;
        Assert.Contains("'x' in (x=50) is not in (x: float in [0, 10])", message);
        Assert.Throws<ArgumentOutOfRangeException>(() => X.Is(11));
        Assert.Contains("given twice", Assert.Throws<ArgumentException>(() => study.Enqueue(X.Is(1), X.Is(2))).Message);
        Assert.Empty(study.Trials);
    }

    [Fact]
    public void AnInactiveValueIsRefusedAndSoIsOneThatMayTurnOutInactive()
    {
        var study = new Study(new StudyOptions { Space = [Optimizer, Momentum] });
        Assert.Contains("Leave it out", Assert.Throws<ArgumentException>(() => study.Enqueue(Optimizer.Is("adam"), Momentum.Is(0.9))).Message);
        Assert.Contains("Give 'optimizer' too", Assert.Throws<ArgumentException>(() => study.Enqueue(Momentum.Is(0.9))).Message);
        study.Enqueue(Momentum.Is(0.9), Optimizer.Is("sgd"));
        Assert.Equal(0.9, study.Optimize(trial => trial.Suggest(Momentum), trials: 1).Value);
    }

    [Fact]
    public void ValuesWithWhichEveryTrialBreaksAHardConstraintAreRefused()
    {
        var study = new Study(new StudyOptions { Space = SearchSpace.Empty.With(X).With(Y).Require(v => v.Get(X) < v.Get(Y)) });
        var message = Assert.Throws<ArgumentException>(() => study.Enqueue(X.Is(4), Y.Is(3))).Message;
        Assert.Contains("v.Get(X) < v.Get(Y)", message);
        Assert.Contains("x=4, y=3", message);
        Assert.Throws<ArgumentException>(() => study.Enqueue(X.Is(10)));
        study.Enqueue(X.Is(9));
        var trial = study.Ask();
        Assert.Equal(9, trial.Suggest(X));
        Assert.InRange(trial.Suggest(Y), 9, 10);
    }

    [Fact]
    public void ValuesOfParametersThatNobodyDeclaredWaitUntilTheyAreAskedFor()
    {
        var logger = new ListLogger();
        var study = new Study(new StudyOptions { Logger = logger });
        study.Enqueue(X.Is(3), Y.Is(9));
        var trial = study.Ask();
        Assert.Equal(3, trial.Suggest(Parameter.Float("x", 0, 5)));
        Assert.InRange(trial.Suggest(Parameter.Float("y", 0, 5)), 0, 5);
        Assert.Contains("y=9, which does not fit", Assert.Single(logger.Entries, entry => entry.Id == 7).Message);
        Assert.Equal(["x", "y"], study.Tell(trial, 1).Parameters.Keys);
    }

    [Fact]
    public void ATrialCanBeTriedAgainByItsAssignments()
    {
        var study = new Study(new StudyOptions { Space = [X, Y, Optimizer, Momentum] });
        study.Optimize(Evaluate, trials: 10);
        foreach (var trial in study.Trials.ToArray())
        {
            study.Enqueue([.. trial.Parameters.ToAssignments()]);
        }

        study.Optimize(Evaluate, trials: 10);
        Assert.Equal(study.Trials.Take(10).Select(trial => $"{trial.Parameters}: {trial.Value}"), study.Trials.Skip(10).Select(trial => $"{trial.Parameters}: {trial.Value}"));
    }

    [Fact]
    public void WhatIsEnqueuedDuringARunIsTriedInIt()
    {
        var study = new Study(new StudyOptions { Space = [X] });
        study.Optimize(
            trial =>
            {
                if (trial.Number == 2)
                {
                    Assert.Equal(3, study.Enqueue(X.Is(7)));
                }

                return trial.Suggest(X);
            },
            trials: 6);
        Assert.Equal(7, study.Trials[3].Value);
        Assert.Equal(6, study.Trials.Count);
    }

    private static double Evaluate(ITrial trial) =>
        trial.Suggest(X) + trial.Suggest(Y) + (trial.Suggest(Optimizer) == "sgd" ? trial.Suggest(Momentum) : 0);
}
