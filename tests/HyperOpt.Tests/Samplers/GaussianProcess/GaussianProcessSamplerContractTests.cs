using HyperOpt.Samplers;
using HyperOpt.Tests.Contracts;

namespace HyperOpt.Tests.Samplers.GaussianProcess;

public sealed class GaussianProcessSamplerContractTests : SamplerContract
{
    protected override ISampler CreateSampler() => new GaussianProcessSampler();

    /// <summary>Past what a model keeps; a proposal costs as much from there on.</summary>
    protected override int LongStudy => 500;
}
