using HyperOpt.Samplers;
using HyperOpt.Tests.Contracts;

namespace HyperOpt.Tests.Samplers.Nsga;

public sealed class NsgaSamplerContractTests : SamplerContract
{
    protected override ISampler CreateSampler() => new NsgaSampler();
}
