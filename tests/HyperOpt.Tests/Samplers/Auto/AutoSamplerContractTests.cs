using HyperOpt.Samplers;
using HyperOpt.Tests.Contracts;

namespace HyperOpt.Tests.Samplers.Auto;

public sealed class AutoSamplerContractTests : SamplerContract
{
    protected override ISampler CreateSampler() => new AutoSampler();
}
