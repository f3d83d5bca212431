using HyperOpt.Spaces;
using Xunit;

namespace HyperOpt.Tests.Spaces;

/// <summary>Changes of a space, and what they refuse.</summary>
public sealed class SpaceChangeTests
{
    private static readonly FloatParameter Rate = Parameter.Float("rate", 1e-5, 0.1).Log();
    private static readonly CategoricalParameter<string> Method = Parameter.Categorical("method", "sgd", "plain");
    private static readonly FloatParameter Momentum = Parameter.Float("momentum", 0, 1).When(Method, "sgd");
    private static readonly SearchSpace Space = [Rate, Method, Momentum];

    [Fact]
    public void ConditionsFollowTheirParent()
    {
        var wider = Parameter.Categorical("method", "adam", "sgd", "plain");
        var space = SpaceChange.Rename("method", "optimizer").Apply(SpaceChange.Redefine(wider).Apply(Space));
        Assert.Equal(["rate", "optimizer", "momentum"], space.Select(parameter => parameter.Name));
        Assert.Equal("optimizer is sgd", space[2].Conditions.Single().ToString());
        Assert.True(double.IsNaN(space.Decode([0.5, 0, 0.5])[2]));
        Assert.Equal(0.5, space.Decode([0.5, 0.5, 0.5])[2]);
    }

    [Fact]
    public void WhatIsAddedStandsLastAndWhatIsDroppedIsGone()
    {
        var decay = Parameter.Float("decay", 0, 1).When(Method, "plain");
        var space = SpaceChange.Drop("momentum").Apply(SpaceChange.Add(decay, 0.5).Apply(Space));
        Assert.Equal(["rate", "method", "decay"], space.Select(parameter => parameter.Name));
        Assert.Equal("method is plain", space[2].Conditions.Single().ToString());
    }

    [Fact]
    public void HardConstraintsStay()
    {
        var space = SearchSpace.Empty.With(Rate).Require(v => v.Get(Rate) < 0.01);
        Assert.True(SpaceChange.Redefine(Parameter.Float("rate", 1e-6, 1)).Apply(space).IsConstrained);
    }

    [Fact]
    public void WhatCannotBeIsRefusedWithLawFactsAndRemedy()
    {
        Assert.Contains("'lr' is not among 'rate', 'method', 'momentum'. Correct the name", Refusal(SpaceChange.Rename("lr", "x")));
        Assert.Contains("Drop must name a parameter", Refusal(SpaceChange.Drop("x")));
        Assert.Contains("Redefine must name a parameter", Refusal(SpaceChange.Redefine(Parameter.Float("x", 0, 1))));
        Assert.Contains("'rate' is to be renamed to 'method', which there is", Refusal(SpaceChange.Rename("rate", "method")));
        Assert.Contains("'momentum' depends on 'method'. Drop 'momentum' before", Refusal(SpaceChange.Drop("method")));
        Assert.Contains("depends on 'method is sgd' and the parent is to be", Refusal(SpaceChange.Redefine(Parameter.Categorical("method", "plain", "adam"))));
        Assert.Contains("'other', on which 'child' depends, is not", Refusal(SpaceChange.Add(Parameter.Bool("child").When(Parameter.Bool("other"), true), true)));
        Assert.Throws<ArgumentOutOfRangeException>(() => SpaceChange.Add(Momentum, 1.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => SpaceChange.Drop(Method, "adam"));
        Assert.Throws<ArgumentException>(() => SpaceChange.Drop(" "));
        Assert.Throws<ArgumentException>(() => SpaceChange.Rename("a", "a"));
        Assert.Throws<ArgumentException>(() => SpaceChange.Rename("a", ""));
    }

    [Fact]
    public void ChangesReadAsWords()
    {
        Assert.Equal("redefine (rate: float in [1E-05, 0.1], log-scaled)", SpaceChange.Redefine(Rate).ToString());
        Assert.Equal("add (momentum: float in [0, 1]), 0.9 before", SpaceChange.Add(Momentum, 0.9).ToString());
        Assert.Equal("rename 'a' to 'b'", SpaceChange.Rename("a", "b").ToString());
        Assert.Equal("drop 'a'", SpaceChange.Drop("a").ToString());
        Assert.Equal("drop 'method', always sgd", SpaceChange.Drop(Method, "sgd").ToString());
        Assert.Equal(0.9, Assert.IsType<ParameterAdded>(SpaceChange.Add(Momentum, 0.9)).Value);
    }

    private static string Refusal(SpaceChange change) => Assert.Throws<ArgumentException>(() => change.Apply(Space)).Message;
}
