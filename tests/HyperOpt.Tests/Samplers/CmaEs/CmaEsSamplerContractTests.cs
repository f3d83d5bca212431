using HyperOpt.Samplers;
using HyperOpt.Tests.Contracts;

namespace HyperOpt.Tests.Samplers.CmaEs;

public sealed class CmaEsSamplerContractTests : SamplerContract
{
    protected override ISampler CreateSampler() => new CmaEsSampler();
}
