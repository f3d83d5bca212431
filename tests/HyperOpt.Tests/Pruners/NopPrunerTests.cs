using HyperOpt.Pruners;
using HyperOpt.Tests.Contracts;
using Xunit;

namespace HyperOpt.Tests.Pruners;

public class NopPrunerTests : RelativePrunerContract
{
    [Fact]
    public void NothingIsPruned() =>
        Assert.All(PrunerCases.OddTrials, trial => Assert.False(CreatePruner().ShouldPrune(trial, Enough())));

    protected override IPruner CreatePruner() => new NopPruner();
}
