using HyperOpt.Samplers;
using HyperOpt.Tests.Contracts;
using HyperOpt.Tests.Support;

namespace HyperOpt.Tests.Samplers.PopulationBased;

/// <summary>As the pure function that any sampler is. The objectives of the suite save no checkpoints, so the study is not told that these are populations.</summary>
public sealed class PopulationBasedSamplerContractTests : SamplerContract
{
    protected override ISampler CreateSampler() => new DelegateSampler(new PopulationBasedSampler().Propose);
}

/// <summary>The same with a tournament, and with hyperparameters that always vary.</summary>
public sealed class TournamentSamplerContractTests : SamplerContract
{
    protected override ISampler CreateSampler() => new DelegateSampler(
        new PopulationBasedSampler { Exploit = Exploit.Tournament, Explore = Explore.Gaussian(0.1).Always() }.Propose);
}

/// <summary>The same with hyperparameters that a model of the schedule chooses.</summary>
public sealed class BanditSamplerContractTests : SamplerContract
{
    protected override ISampler CreateSampler() => new DelegateSampler(new PopulationBasedSampler { Explore = Explore.Bandit() }.Propose);
}
