using CustomSampler;
using HyperOpt.Samplers;
using HyperOpt.Tests.Contracts;

namespace HyperOpt.Tests.Samplers;

/// <summary>The sampler of samples/CustomSampler: 15 lines are enough.</summary>
public sealed class CustomSamplerContractTests : SamplerContract
{
    protected override ISampler CreateSampler() => new HillClimber();
}
