using HyperOpt.Pruners;
using HyperOpt.Tests.Contracts;

namespace HyperOpt.Tests.Pruners;

public sealed partial class SuccessiveHalvingPrunerTests : RelativePrunerContract
{
    protected override IPruner CreatePruner() => new SuccessiveHalvingPruner { MinResource = 1, ReductionFactor = 2 };
}
