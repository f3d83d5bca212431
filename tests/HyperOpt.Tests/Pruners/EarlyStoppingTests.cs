using HyperOpt.Pruners;
using HyperOpt.Tests.Contracts;

namespace HyperOpt.Tests.Pruners;

/// <summary>The patient pruner around no other: it judges a trial by itself.</summary>
public class EarlyStoppingTests : PrunerContract
{
    protected override IPruner CreatePruner() => new PatientPruner { Patience = 2, MinDelta = 0.01 };
}
