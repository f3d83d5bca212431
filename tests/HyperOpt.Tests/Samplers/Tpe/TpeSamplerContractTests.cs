using HyperOpt.Samplers;
using HyperOpt.Tests.Contracts;

namespace HyperOpt.Tests.Samplers.Tpe;

public sealed class TpeSamplerContractTests : SamplerContract
{
    protected override ISampler CreateSampler() => new TpeSampler();
}
