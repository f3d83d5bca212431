using HyperOpt.Samplers;
using HyperOpt.Tests.Contracts;

namespace HyperOpt.Tests.Samplers.Nsga;

public sealed class DirectionsNsgaSamplerContractTests : SamplerContract
{
    protected override ISampler CreateSampler() => new NsgaSampler { Selection = NsgaSelection.Directions, PopulationSize = 20, CrossoverProbability = 1 };
}
