using HyperOpt.Samplers;
using HyperOpt.Tests.Contracts;

namespace HyperOpt.Tests.Samplers;

public sealed class RandomSamplerContractTests : SamplerContract
{
    protected override bool LearnsFromResults => false;

    protected override ISampler CreateSampler() => new RandomSampler();
}
