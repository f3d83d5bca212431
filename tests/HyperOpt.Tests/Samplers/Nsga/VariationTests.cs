using FsCheck;
using FsCheck.Fluent;
using HyperOpt.Numerics;
using HyperOpt.Samplers.Nsga;
using HyperOpt.Spaces;
using HyperOpt.Tests.Support;
using Xunit;

namespace HyperOpt.Tests.Samplers.Nsga;

public sealed class VariationTests
{
    private static readonly Gen<double> Unit = Gen.Choose(0, 1_000).Select(number => number / 1_000.0);

    [Fact]
    public void ChildrenAndMutantsStayWithinBounds() => Law.Holds(
        Arb.From(from one in Unit from other in Unit from chance in Unit from index in Gen.Elements(0.0, 1.0, 5.0, 20.0) select (one, other, chance: Math.Min(chance, 0.9999), index)),
        2_000,
        draw =>
        {
            Assert.InRange(Variation.Cross(draw.one, draw.other, draw.index, true, draw.chance), 0, 1);
            Assert.InRange(Variation.Cross(draw.one, draw.other, draw.index, false, draw.chance), 0, 1);
            Assert.InRange(Variation.Mutate(draw.one, draw.index, draw.chance), 0, 1);
        });

    /// <summary>From pymoo 0.6.1.3's cross_sbx, the same formulas by others, on [0,1] with its random numbers set; first the lower child, then the higher.</summary>
    [Theory]
    [MemberData(nameof(Crossed))]
    public void ACrossedNumberIsThatOfPymoo(double one, double other, double index, double chance, double low, double high)
    {
        Assert.Equal(low, Variation.Cross(one, other, index, true, chance), 1e-12);
        Assert.Equal(high, Variation.Cross(one, other, index, false, chance), 1e-12);
    }

    /// <summary>Likewise, from its mut_pm.</summary>
    [Theory]
    [MemberData(nameof(Mutated))]
    public void AMutatedNumberIsThatOfPymoo(double value, double index, double chance, double expected) =>
        Assert.Equal(expected, Variation.Mutate(value, index, chance), 1e-12);

    [Fact]
    public void EqualParentsHaveChildrenLikeThem() => Assert.Equal(0.3, Variation.Cross(0.3, 0.3, 5, true, 0.9));

    // Whatever the chance, a mutation of a finite axis is another value; each can come of it.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AMutationOfAFiniteAxisChangesIt(bool isOrdered)
    {
        Parameter axis = isOrdered ? Parameter.Int("n", 1, 5) : Parameter.Categorical("c", "p", "q", "r", "s", "t");
        var random = new Xoshiro256StarStar(1);
        for (var level = 0; level < 5; level++)
        {
            var value = axis.UnitOf(axis.CodeOfLevel(level));
            var seen = Enumerable.Range(0, 300).Select(_ => axis.LevelOf(axis.CodeAt(Variation.Mutate(axis, value, 1, random)))).ToHashSet();
            Assert.Equal(Enumerable.Range(0, 5).Where(other => other != level).Select(other => (long)other), seen.Order());
        }
    }

    [Fact]
    public void WhatHasOneValueKeepsIt() =>
        Assert.Equal(0.5, Variation.Mutate(Parameter.Int("n", 3, 3), 0.5, 1, new Xoshiro256StarStar(1)));

    [Fact]
    public void AChildHasItsParentsValuesWhereTheyHaveOne()
    {
        var kind = Parameter.Categorical("kind", "a", "b");
        SearchSpace space = [kind, Parameter.Float("x", 0, 1).When(kind, "a"), Parameter.Float("y", 0, 1).When(kind, "b"), Parameter.Float("z", 0, 1)];
        var offspring = new Offspring(space, 1, 20, 20);
        var random = new Xoshiro256StarStar(7);
        var kinds = new HashSet<double>();
        for (var i = 0; i < 200; i++)
        {
            var child = offspring.Create([0.25, 0.4, double.NaN, 0.1], [0.75, double.NaN, 0.6, 0.1], 0, random);
            Assert.Equal(child[0] < 0.5 ? [0.25, 0.4, double.NaN, 0.1] : [0.75, double.NaN, 0.6, 0.1], child);
            kinds.Add(child[0]);
        }

        Assert.Equal(2, kinds.Count);
    }

    [Fact]
    public void WhatNeitherParentHasIsDrawn()
    {
        var kind = Parameter.Categorical("kind", "a", "b");
        SearchSpace space = [kind, Parameter.Float("x", 0, 1).When(kind, "b")];
        var random = new Xoshiro256StarStar(7);
        var drawn = Enumerable.Range(0, 200).Select(_ => new Offspring(space, 1, 20, 20).Create([0.25, double.NaN], [0.25, double.NaN], 1, random))
            .Where(child => child[0] > 0.5).Select(child => child[1]).ToArray();
        Assert.True(drawn.Length > 100);
        Assert.Equal(drawn.Length, drawn.Distinct().Count());
        Assert.All(drawn, x => Assert.InRange(x, 0, 1));
    }

    [Fact]
    public void AChildIsBroughtBackOnlyAsFarAsIsNeeded()
    {
        SearchSpace space = [Parameter.Float("x", 0, 1), Parameter.Float("y", 0, 1), Parameter.Float("z", 0, 1)];
        var offspring = new Offspring(space, 1, 20, 20);
        double[] child = [0.9, 0.8, 0.7];
        Assert.True(offspring.Repair(child, [0.1, 0.1, 0.1], point => point[0] < 0.5, new Xoshiro256StarStar(3)));
        Assert.Equal(0.1, child[0]);
        Assert.False(offspring.Repair([0.9, 0.8, 0.7], [0.6, 0.1, 0.1], point => point[0] < 0.5, new Xoshiro256StarStar(3)));
    }

    public static TheoryData<double, double, double, double, double, double> Crossed() => new()
    {
        { 0.2, 0.7, 5, 0.1, 0.25929018513407953, 0.6410403473241494 },
        { 0.2, 0.7, 5, 0.9, 0.12978543546506194, 0.7748012769313211 },
        { 0.02, 0.1, 5, 0.97, 0.00482360951399842, 0.12392951985324352 },
        { 0.98, 0.6, 15, 0.6, 0.5973316062408842, 0.9809800812486101 },
        { 0.45, 0.55, 1, 0.25, 0.46473316005083526, 0.5352668399491647 },
        { 0.0, 1.0, 2, 0.8, 0.03584111663872214, 0.9641588833612779 },
        { 0.3, 0.35, 0, 0.99, 0.06499999999999967, 0.7661764705882353 },
    };

    public static TheoryData<double, double, double, double> Mutated() => new()
    {
        { 0.5, 20, 0.3, 0.47596845424131495 },
        { 0.5, 20, 0.5, 0.5 },
        { 0.1, 1, 0.05, 0.010494371207203007 },
        { 0.1, 1, 0.95, 0.7698485196156163 },
        { 0.0, 5, 0.2, 0.0 },
        { 0.0, 5, 0.7, 0.08161409783155471 },
        { 0.93, 5, 0.8, 0.9688919882316207 },
        { 0.93, 0, 0.1, 0.18600000000000005 },
    };
}
