using HyperOpt.Numerics;
using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Trials;

namespace HyperOpt.Tests.Contracts;

/// <summary>
/// What any sampler must hold to. Inherit it, say how to make the sampler, and its tests run for yours. A sampler is a pure function from
/// space, history and random to a proposal; the tests hand it ordinary and odd arguments, and then run whole studies with it.
/// </summary>
public abstract partial class SamplerContract
{
    /// <summary>Whether the sampler proposes nothing twice, and null when nothing is left. Default false: it always has a proposal.</summary>
    protected virtual bool IsExhaustible => false;

    /// <summary>Whether losses move its proposals. Default true; false for the likes of random and grid search.</summary>
    protected virtual bool LearnsFromResults => true;

    /// <summary>How many continuous axes it must be able to deal with. Default 100.</summary>
    protected virtual int ManyAxes => 100;

    /// <summary>How many trials a long study has. Default 2,000.</summary>
    protected virtual int LongStudy => 2_000;

    /// <summary>How many random spaces with random histories to try. Default 200.</summary>
    protected virtual int RandomCases => 200;

    /// <summary>A new sampler, each time with the same settings.</summary>
    protected abstract ISampler CreateSampler();

    /// <summary>Asks the sampler, and checks that the answer is a proposal for the space.</summary>
    private protected Proposal? Ask(ISampler sampler, SearchSpace space, TrialHistory history, ulong chance = 1)
    {
        var proposal = sampler.Propose(space, history, new Xoshiro256StarStar(chance));
        if (proposal is not null)
        {
            SamplerLaws.AssertIsPoint(proposal, space, history);
        }
        else
        {
            AssertMayEnd(space, history);
        }

        return proposal;
    }

    private void AssertMayEnd(SearchSpace space, TrialHistory history)
    {
        if (!IsExhaustible)
        {
            Xunit.Assert.Fail("A sampler must always have a proposal, unless its tests say that it IsExhaustible, but it returned null.");
        }

        SamplerLaws.AssertMayEnd(space, history);
    }
}
