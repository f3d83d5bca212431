using HyperOpt.Pruners;
using HyperOpt.Tests.Contracts;

namespace HyperOpt.Tests.Pruners;

public sealed partial class HyperbandPrunerTests : RelativePrunerContract
{
    protected override IPruner CreatePruner() => new HyperbandPruner();
}
