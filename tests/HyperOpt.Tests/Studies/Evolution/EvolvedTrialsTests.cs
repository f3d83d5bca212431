using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Storage;
using HyperOpt.Tests.Support;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Studies.Evolution;

/// <summary>What becomes of the trials before a change of the space.</summary>
public sealed class EvolvedTrialsTests
{
    private readonly InMemoryStorage _storage = new();

    private static readonly FloatParameter Rate = Parameter.Float("rate", 0, 10);
    private static readonly CategoricalParameter<string> Method = Parameter.Categorical("method", "sgd", "plain");

    [Fact]
    public void AWiderRangeKeepsAllTrials()
    {
        var study = Studied([Rate]);
        var wider = Parameter.Float("rate", -10, 20);
        study.Evolve(SpaceChange.Redefine(wider));
        var history = History();
        Assert.Equal([-10, 20], [((FloatParameter)study.Space[0]).Low, ((FloatParameter)study.Space[0]).High]);
        Assert.All(study.Trials, trial => Assert.True(trial.FitsSpace));
        Assert.Equal(study.Trials.Select(trial => (trial.Get(wider) + 10) / 30), history.Finished.Select(trial => trial.Point[0]), new Near());
        Assert.Equal(study.Trials.Min(trial => trial.Value), study.Best.Value);
    }

    [Fact]
    public void WhatLiesOutsideANarrowerRangeIsKeptAndNotLearntFrom()
    {
        var study = Studied([Rate]);
        var best = study.Best;
        study.Evolve(SpaceChange.Redefine(Parameter.Float("rate", 5, 10)));
        var history = History();
        Assert.Equal(20, study.Trials.Count);
        Assert.Equal(best.Get(Rate), study.Trials[best.Number].Get(Rate));
        Assert.Contains(study.Trials, trial => !trial.FitsSpace);
        foreach (var (trial, seen) in study.Trials.Zip(history.Finished))
        {
            Assert.Equal(trial.Get(Rate) >= 5, trial.FitsSpace);
            Assert.Equal(!trial.FitsSpace, seen.IsOutside);
            Assert.Equal(trial.FitsSpace, seen is { State: TrialState.Completed, Losses.Length: 1 } && !double.IsNaN(seen.Point[0]));
        }

        Assert.Equal(study.Trials.Where(trial => trial.FitsSpace).Min(trial => trial.Value), study.Best.Value);
        Assert.Equal(study.Best.Number, history.Best!.Number);
        Assert.Equal([study.Best.Number], study.ParetoFront.Select(trial => trial.Number));
    }

    [Fact]
    public void WhatWasNarrowedAndWidenedAgainIsWhole()
    {
        var study = Studied([Rate]);
        study.Evolve(SpaceChange.Redefine(Parameter.Float("rate", 5, 10)));
        study.Evolve(SpaceChange.Redefine(Rate));
        Assert.All(study.Trials, trial => Assert.True(trial.FitsSpace));
        Assert.All(History().Finished, trial => Assert.False(trial.IsOutside));
    }

    [Fact]
    public void AnAddedParameterHadItsValueWhereItIsActive()
    {
        var study = Studied([Rate, Method]);
        var momentum = Parameter.Float("momentum", 0, 1).When(Method, "sgd");
        study.Evolve(SpaceChange.Add(momentum, 0.75));
        var axis = study.Space.IndexOf("momentum");
        foreach (var (trial, seen) in study.Trials.Zip(History().Finished))
        {
            Assert.Equal(trial.Get(Method) == "sgd" ? 0.75 : double.NaN, seen.Point[axis]);
            Assert.Equal(trial.Get(Method) == "sgd", trial.Parameters.TryGet(momentum, out var value) && value == 0.75);
        }
    }

    [Fact]
    public void ARenamedParameterKeepsItsValuesUnderItsNewName()
    {
        var study = Studied([Rate]);
        Assert.Equal("rate", study.Best.Parameters.Keys.Single());
        var value = study.Best.Get(Rate);
        var renamed = Parameter.Float("learning_rate", 0, 10);
        study.Evolve(SpaceChange.Rename("rate", "learning_rate"));
        Assert.Equal(value, study.Best.Get(renamed));
        Assert.Equal(["learning_rate"], study.Space.Select(parameter => parameter.Name));
        Assert.Equal(value / 10, History().Best!.Point[0], 1e-12);
    }

    [Fact]
    public void ADroppedParameterIsNoAxisButStaysInTheRecord()
    {
        var study = Studied([Rate, Method]);
        study.Evolve(SpaceChange.Drop("method"));
        Assert.Equal(["rate"], study.Space.Select(parameter => parameter.Name));
        Assert.All(study.Trials, trial => Assert.True(trial.FitsSpace && trial.Parameters.ContainsKey("method")));
        Assert.All(History().Finished, trial => Assert.Single(trial.Point));
    }

    [Fact]
    public void ADroppedParameterWithAValueKeepsThoseThatHadIt()
    {
        var study = Studied([Rate, Method]);
        study.Evolve(SpaceChange.Drop(Method, "sgd"));
        Assert.All(study.Trials, trial => Assert.Equal((string)trial.Parameters["method"] == "sgd", trial.FitsSpace));
        Assert.Contains(study.Trials, trial => trial.FitsSpace);
        Assert.Contains(study.Trials, trial => !trial.FitsSpace);
    }

    [Fact]
    public void ACategoryMoreKeepsAllAndACategoryLessThoseThatHadAnother()
    {
        var study = Studied([Rate, Method]);
        study.Evolve(SpaceChange.Redefine(Parameter.Categorical("method", "adam", "sgd", "plain")));
        Assert.All(study.Trials, trial => Assert.True(trial.FitsSpace));
        var categories = History().Finished.Zip(study.Trials).Select(pair => (pair.First.Point[1], pair.Second.Get(Method))).Distinct().Order();
        Assert.Equal([(0.5, "sgd"), (5.0 / 6, "plain")], categories);
        study.Evolve(SpaceChange.Redefine(Parameter.Categorical("method", "plain", "adam")));
        Assert.All(study.Trials, trial => Assert.Equal(trial.Get(Method) == "plain", trial.FitsSpace));
    }

    [Fact]
    public void AGridOrALogarithmTakesTheValuesThatItHolds()
    {
        var study = Studied([Parameter.Int("units", 0, 12)], trials: 13);
        study.Evolve(SpaceChange.Redefine(Parameter.Int("units", 0, 12).Step(4)));
        Assert.Equal([0, 4, 8, 12], study.Trials.Where(trial => trial.FitsSpace).Select(trial => (int)trial.Parameters["units"]).Order());
        study.Evolve(SpaceChange.Redefine(Parameter.Int("units", 1, 12).Log()));
        Assert.Equal(Enumerable.Range(1, 12), study.Trials.Where(trial => trial.FitsSpace).Select(trial => (int)trial.Parameters["units"]).Order());
    }

    [Fact]
    public void ConfigurationsThatWereTriedStayTriedInAFiniteSpace()
    {
        var (layers, width) = (Parameter.Int("layers", 1, 3), Parameter.Int("width", 1, 2));
        var study = new Study(new StudyOptions { Space = [layers], Sampler = new GridSampler() });
        study.Optimize(trial => trial.Suggest(layers), trials: 3);
        study.Evolve(SpaceChange.Add(width, 2));
        study.Optimize(trial => trial.Suggest(layers) * trial.Suggest(width), trials: 10);
        Assert.Equal(6, study.Trials.Count);
        Assert.Equal(6, study.Trials.Select(trial => (trial.Get(layers), trial.Get(width))).Distinct().Count());
    }

    [Theory]
    [InlineData("tpe")]
    [InlineData("gp")]
    [InlineData("random")]
    public void SamplersGoOnWithTrialsThatHaveNoPlace(string sampler)
    {
        ISampler chosen = sampler switch { "tpe" => new TpeSampler(), "gp" => new GaussianProcessSampler(), _ => new RandomSampler() };
        var study = new Study(new StudyOptions { Space = [Rate, Method], Sampler = chosen });
        study.Optimize(trial => Math.Abs(trial.Suggest(Rate) - 7) + trial.Suggest(Method).Length, trials: 20);
        var narrow = Parameter.Float("rate", 0, 4);
        study.Evolve(SpaceChange.Redefine(narrow));
        study.Optimize(trial => Math.Abs(trial.Suggest(narrow) - 1) + trial.Suggest(Method).Length, trials: 20);
        Assert.Equal(40, study.Trials.Count(trial => trial.State == TrialState.Completed));
        Assert.All(study.Trials.Skip(20), trial => Assert.InRange(trial.Get(narrow), 0, 4));
    }

    private Study Studied(SearchSpace space, int trials = 20)
    {
        var ask = AskForAll.Of(space);
        var study = new Study(new StudyOptions { Space = space, Sampler = space.IsFinite ? new GridSampler() : new RandomSampler(), Storage = _storage });
        study.Optimize(
            trial =>
            {
                ask(trial);
                return trial.Number * 7 % 20;
            },
            trials);
        return study;
    }

    // What a sampler is told about the trials, by way of another object over the same log.
    private TrialHistory History()
    {
        TrialHistory? seen = null;
        var spy = new DelegateSampler((space, history, _) =>
        {
            seen = history;
            return new Proposal([.. space.Select(_ => 0.5)]);
        });
        new Study(new StudyOptions { Storage = _storage, Sampler = spy }).Ask();
        return seen!;
    }

    private sealed class Near : IEqualityComparer<double>
    {
        public bool Equals(double x, double y) => Math.Abs(x - y) < 1e-12;

        public int GetHashCode(double obj) => 0;
    }
}
