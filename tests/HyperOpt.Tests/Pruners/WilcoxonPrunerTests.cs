using HyperOpt.Pruners;
using HyperOpt.Tests.Contracts;
using HyperOpt.Trials;
using Xunit;
using static HyperOpt.Tests.Contracts.PrunerCases;

namespace HyperOpt.Tests.Pruners;

public sealed class WilcoxonPrunerTests : RelativePrunerContract
{
    private static readonly TrialHistory Best = History(Trial(0, TrialState.Completed, Enumerable.Range(0, 8).Select(at => (at, 1d))) with { Losses = [1] });

    [Fact]
    public void ATrialThatIsWorseOnEveryInstanceIsGivenUpWhenThatIsSignificant()
    {
        bool Prunes(int instances) => new WilcoxonPruner().ShouldPrune(Running(Enumerable.Range(0, instances).Select(at => (7 - at, 1.5 + at))), Best);
        Assert.False(Prunes(3)); // p = 1/8
        Assert.True(Prunes(4)); // p = 1/16
    }

    [Fact]
    public void OneWhoseMeanIsAsGoodIsNot()
    {
        var worseMostly = Running((0, 1.1), (1, 1.1), (2, 1.1), (3, 1.1), (4, 1.1), (5, 1.1), (6, 0.4));
        Assert.False(new WilcoxonPruner { MaxPValue = 0.3 }.ShouldPrune(worseMostly, Best));
    }

    [Fact]
    public void InstancesThatOnlyOneOfThemHasCountForNothing() =>
        Assert.False(new WilcoxonPruner().ShouldPrune(Running((0, 2), (1, 2), (20, 9), (21, 9), (22, 9)), Best));

    [Fact]
    public void WhatIsNotFiniteDisarmsIt() =>
        Assert.False(new WilcoxonPruner().ShouldPrune(Running((0, 2), (1, 2), (2, 9), (3, 9), (4, 9), (5, double.PositiveInfinity)), Best));

    protected override IPruner CreatePruner() => new WilcoxonPruner();
}
