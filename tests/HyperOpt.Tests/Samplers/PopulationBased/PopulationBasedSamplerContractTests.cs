using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Tests.Contracts;
using HyperOpt.Tests.Support;
using HyperOpt.Trials;

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

/// <summary>
/// The same with hyperparameters that a model of the schedule chooses. It learns from trials with parents, which those of the suite have not: here the fourth
/// before each is said to be its parent.
/// </summary>
public sealed class BanditSamplerContractTests : SamplerContract
{
    protected override int LongStudy => 500;

    protected override ISampler CreateSampler()
    {
        var sampler = new PopulationBasedSampler { Explore = Explore.Bandit().Always() };
        return new DelegateSampler((space, history, random) => sampler.Propose(space, WithParents(space, history), random));
    }

    private static TrialHistory WithParents(SearchSpace space, TrialHistory history)
    {
        var ended = history.Finished;
        var bred = ended.Select((trial, row) => trial with { Parent = row < 4 ? null : ended[row - 4].Number });
        return TrialHistory.Create(
            space, bred, history.Pending.Select(trial => trial with { Parent = ended.Count > 0 ? ended[^1].Number : null }), history.Seed, history.Objectives);
    }
}
