using HyperOpt.Samplers;
using HyperOpt.Tests.Contracts;

namespace HyperOpt.Tests.Samplers;

public sealed class OrderedGridSamplerContractTests : SamplerContract
{
    protected override bool IsExhaustible => true;

    protected override bool LearnsFromResults => false;

    /// <summary>2^62 combinations: more axes cannot be counted.</summary>
    protected override int ManyAxes => 62;

    protected override ISampler CreateSampler() => new GridSampler { PointsPerAxis = 2, Shuffle = false };
}
