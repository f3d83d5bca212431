using HyperOpt.Pruners;
using HyperOpt.Tests.Contracts;

namespace HyperOpt.Tests.Pruners;

public sealed partial class EarlyDiscardingPrunerTests : RelativePrunerContract
{
    protected override IPruner CreatePruner() => new EarlyDiscardingPruner();
}
