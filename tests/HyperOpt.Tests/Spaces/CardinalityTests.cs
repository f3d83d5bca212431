using HyperOpt.Spaces;
using HyperOpt.Tests.Support;
using Xunit;

namespace HyperOpt.Tests.Spaces;

public sealed class CardinalityTests
{
    private static readonly IntParameter Full = Parameter.Int("full", int.MinValue, int.MaxValue);

    [Fact]
    public void TheCardinalityOfAConditionalSpaceIsThatOfTryingAll() =>
        Law.Holds(ConditionalSpace.Any, conditional => Assert.Equal(conditional.Configurations().Count, conditional.Space.Cardinality));

    [Fact]
    public void TheTreeHasEachConfigurationOnce() =>
        Law.Holds(ConditionalSpace.Any, conditional =>
        {
            var tree = ConfigurationTree.Create(conditional.Space);
            var listed = Enumerable.Range(0, (int)tree.Count!.Value).Select(number => conditional.Describe(tree.At(number))).ToList();
            Assert.Equal(listed.Count, listed.Distinct().Count());
            Assert.Equal(conditional.Configurations(), listed.ToHashSet());
        });

    [Fact]
    public void AGridHasEachOfItsConfigurationsOnce()
    {
        var optimizer = Parameter.Categorical("optimizer", "adam", "sgd");
        SearchSpace space = [Parameter.Float("rate", 0, 1), optimizer, Parameter.Float("momentum", 0, 1).When(optimizer, "sgd")];
        var tree = ConfigurationTree.Create(space, axis => axis == 1 ? 2 : 3, (axis, level) => axis == 1 ? level : space[axis].CodeAt(level / 2.0));
        Assert.Equal(3 + 3 * 3, tree.Count);
        var listed = Enumerable.Range(0, 12).Select(number => string.Join(",", tree.At(number))).ToHashSet();
        Assert.Equal(12, listed.Count);
        Assert.Contains("0.5,0,NaN", listed);
        Assert.Contains("1,1,0.5", listed);
    }

    [Fact]
    public void TheEmptySpaceHasOneConfiguration() => Assert.Equal(1, SearchSpace.Empty.Cardinality);

    [Fact]
    public void AContinuumHasNone()
    {
        SearchSpace space = [Parameter.Bool("b"), Parameter.Float("x", 0, 1)];
        Assert.False(space.IsFinite);
        Assert.Null(space.Cardinality);
    }

    [Fact]
    public void TheFullRangeOfIntIsCounted()
    {
        SearchSpace space = [Full];
        Assert.True(space.IsFinite);
        Assert.Equal(1L << 32, space.Cardinality);
        var tree = ConfigurationTree.Create(space);
        Assert.Equal([int.MinValue], tree.At(0));
        Assert.Equal([int.MaxValue], tree.At((1L << 32) - 1));
    }

    [Fact]
    public void WhatALongHoldsIsCountedAndWhatItDoesNotIsNull()
    {
        SearchSpace space = [Full, Parameter.Int("half", 0, int.MaxValue)];
        Assert.Null(space.Cardinality); // 2^63
        Assert.True(space.IsFinite);
        space = [Full, Parameter.Int("less", 1, int.MaxValue)];
        Assert.Equal((1L << 32) * int.MaxValue, space.Cardinality);
        Assert.Null(space.With(Parameter.Bool("b")).With(Parameter.Bool("c")).Cardinality);
    }

    [Fact]
    public void ABranchThatALongDoesNotHoldIsNull()
    {
        var flag = Parameter.Bool("flag");
        var large = Parameter.Int("large", 0, int.MaxValue).When(flag, true);
        Assert.Null(SearchSpace.Create(flag, large, Full.When(flag, true)).Cardinality);                                // 1 + 2^63
        Assert.Equal((1L << 32) + (1L << 31), SearchSpace.Create(flag, large, Full.When(flag, false)).Cardinality);
        var less = Parameter.Int("less", 1, int.MaxValue);
        Assert.Null(SearchSpace.Create(flag, less.When(flag, true), Full.When(flag, true)).With(Parameter.Bool("b").When(flag, false))
            .With(Parameter.Int("c", 0, 1).When(flag, true)).Cardinality);
    }

    [Fact]
    public void MoreBranchesThanCanBeListedAreNull()
    {
        SearchSpace space = [Full, Parameter.Bool("b").When(Full, 0)];
        Assert.Null(space.Cardinality);
    }

    [Fact]
    public void HardConstraintsDoNotCount() => Assert.Equal(1L << 32, SearchSpace.Create(Full).Require(v => v.Get(Full) > 0).Cardinality);
}
