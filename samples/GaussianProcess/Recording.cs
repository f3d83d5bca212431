using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Trials;

namespace GaussianProcess;

/// <summary>A sampler that remembers what another knew when it was asked last, and what it answered.</summary>
internal sealed class Recording(GaussianProcessSampler inner) : ISampler
{
    public TrialHistory? History { get; private set; }

    public Proposal? Proposal { get; private set; }

    public Proposal Propose(SearchSpace space, TrialHistory history, Random random)
    {
        var proposal = inner.Propose(space, history, random);
        (History, Proposal) = (history, proposal);
        return proposal;
    }
}
