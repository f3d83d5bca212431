using HyperOpt.Spaces;
using Xunit;

namespace HyperOpt.Tests.Spaces;

public sealed class RequireTests
{
    private static readonly IntParameter Low = Parameter.Int("low", 0, 9);
    private static readonly IntParameter High = Parameter.Int("high", 0, 9);
    private static readonly CategoricalParameter<string> Optimizer = Parameter.Categorical("optimizer", "adam", "sgd");
    private static readonly FloatParameter Momentum = Parameter.Float("momentum", 0, 1).When(Optimizer, "sgd");

    [Fact]
    public void APointIsFeasibleIfThePredicateHolds()
    {
        var space = SearchSpace.Create(Low, High).Require(v => v.Get(Low) < v.Get(High));
        Assert.True(space.IsConstrained);
        Assert.True(space.IsFeasible([0.05, 0.15]));
        Assert.False(space.IsFeasible([0.15, 0.15]));
        Assert.False(space.IsFeasible([0.95, 0.15]));
    }

    [Fact]
    public void EveryPredicateMustHold()
    {
        var space = SearchSpace.Create(Low, High).Require(v => v.Get(Low) < v.Get(High)).Require(v => v.Get(High) % 2 == 0);
        Assert.True(space.IsFeasible([0.05, 0.25]));
        Assert.False(space.IsFeasible([0.05, 0.15]));
        Assert.False(space.IsFeasible([0.45, 0.25]));
    }

    [Fact]
    public void WithoutPredicatesEveryPointIsFeasible()
    {
        SearchSpace space = [Low, High];
        Assert.False(space.IsConstrained);
        Assert.True(space.IsFeasible([0.95, 0.15]));
    }

    [Fact]
    public void APredicateThatReadsAnInactiveParameterDoesNotApply()
    {
        var space = SearchSpace.Create(Optimizer, Momentum).Require(v => v.Get(Momentum) > 0.9);
        Assert.True(space.IsFeasible([0, 0.1]));
        Assert.True(space.IsFeasible([0, double.NaN]));
        Assert.False(space.IsFeasible([1, 0.1]));
        Assert.True(space.IsFeasible([1, 0.95]));
    }

    [Fact]
    public void OnlyThePredicateThatReadTheInactiveParameterIsLeftOut()
    {
        var space = SearchSpace.Create(Optimizer, Momentum, Low).Require(v => v.Get(Momentum) > 0.9).Require(v => v.Get(Low) > 0);
        Assert.False(space.IsFeasible([0, double.NaN, 0]));
        Assert.True(space.IsFeasible([0, double.NaN, 1]));
    }

    [Fact]
    public void APredicateMayAskWhatIsActive()
    {
        var space = SearchSpace.Create(Optimizer, Momentum, Low).Require(v => v.IsActive(Momentum) ? v.Get(Momentum) > 0.9 : v.Get(Low) > 0);
        Assert.False(space.IsFeasible([0, 0.95, 0]));
        Assert.True(space.IsFeasible([0, 0.1, 1]));
        Assert.True(space.IsFeasible([1, 0.95, 0]));
        Assert.False(space.IsFeasible([1, 0.1, 1]));
    }

    [Fact]
    public void APredicateMayReadByAHandleOfAnotherDefinition()
    {
        var asFloat = Parameter.Float("low", 0, 5);
        var space = SearchSpace.Create(Low).Require(v => v.Get(asFloat) < 2);
        Assert.True(space.IsFeasible([0.15]));
        Assert.False(space.IsFeasible([0.25]));
        Assert.True(space.IsFeasible([0.95])); // 9 is no value of the handle, which counts as inactive
    }

    [Fact]
    public void APredicateMayOnlyReadParametersOfItsSpace()
    {
        var space = SearchSpace.Create(Low).Require(v => v.Get(High) > 0);
        var message = Assert.Throws<ArgumentException>(() => space.IsFeasible([0.5])).Message;
        Assert.Contains("may only read parameters of its space, but 'high' is not among 'low'", message, StringComparison.Ordinal);
        Assert.Contains("Declare it in the space", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => SearchSpace.Create(Low).Require(v => v.IsActive(High)).IsFeasible([0.5]));
    }

    [Fact]
    public void TheLawIsThePredicatesTextUnlessItIsNamed()
    {
        var space = SearchSpace.Create(Low, High).Require(v => v.Get(Low) < v.Get(High)).Require(_ => true, "anything goes");
        Assert.Equal("v => v.Get(Low) < v.Get(High); anything goes", space.Laws);
    }

    [Fact]
    public void RequirementsStayWhenParametersJoin()
    {
        var space = SearchSpace.Create(Low).Require(v => v.Get(Low) > 0).With(High);
        Assert.False(space.IsFeasible([0, 0.5]));
        Assert.False(space.Extend(Parameter.Bool("b")).IsFeasible([0, 0.5, 1]));
    }

    [Fact]
    public void RequireLeavesTheOriginalSpaceAsItWas()
    {
        SearchSpace space = [Low];
        Assert.NotSame(space, space.Require(_ => false));
        Assert.True(space.IsFeasible([0.5]));
    }

    [Fact]
    public void FeasibleConfigurationsOfASmallSpaceAreCounted()
    {
        SearchSpace space = [Low, High];
        Assert.Equal(100, space.FeasibleCount);
        Assert.Equal(45, space.Require(v => v.Get(Low) < v.Get(High)).FeasibleCount);
        Assert.Equal(0, space.Require(_ => false).FeasibleCount);
    }

    [Fact]
    public void FeasibleConfigurationsOfALargeSpaceAreNotCounted()
    {
        SearchSpace large = [Parameter.Int("n", 0, 2_000_000)];
        Assert.Equal(2_000_001, large.FeasibleCount);
        Assert.Null(large.Require(_ => true).FeasibleCount);
        Assert.Null(SearchSpace.Create(Optimizer, Momentum).FeasibleCount);
    }
}
