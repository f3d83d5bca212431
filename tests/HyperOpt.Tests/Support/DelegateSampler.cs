using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Trials;

namespace HyperOpt.Tests.Support;

/// <summary>A function as a sampler: to spy on what a sampler is told, or to propose what none should.</summary>
internal sealed class DelegateSampler(Func<SearchSpace, TrialHistory, Random, Proposal?> propose) : ISampler
{
    public Proposal? Propose(SearchSpace space, TrialHistory history, Random random) => propose(space, history, random);
}
