using HyperOpt.Samplers;
using HyperOpt.Tests.Contracts;

namespace HyperOpt.Tests.Samplers;

public sealed class GridSamplerContractTests : SamplerContract
{
    protected override bool IsExhaustible => true;

    protected override bool LearnsFromResults => false;

    /// <summary>3^39 is the largest power of 3 below 2^63: more combinations cannot be counted.</summary>
    protected override int ManyAxes => 39;

    protected override ISampler CreateSampler() => new GridSampler { PointsPerAxis = 3 };
}
