using HyperOpt.Numerics;
using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Trials;
using static System.FormattableString;

namespace HyperOpt.Engine;

/// <summary>
/// Asks the sampler, and sees to it that what comes of it is in the space, breaks no hard constraint and, where that is the policy,
/// was not tried before. A pure function, like the sampler.
/// </summary>
internal sealed class Proposer(EngineOptions options)
{
    /// <summary>How often the sampler is asked before the search goes on without it.</summary>
    private const int MaxProposals = 16;

    private static readonly ProposalReason Unguided = new("uniform draw") { Fallback = "The sampler proposed nothing that keeps the hard constraints and is new." };

    /// <summary>What a trial begins with; null when the sampler has nothing left to try.</summary>
    /// <param name="history">What may be known.</param>
    /// <param name="purpose">Names the stream of chance.</param>
    public Draft? Propose(TrialHistory history, string purpose)
    {
        var avoids = options.AvoidsDuplicates && history.Space.IsFinite && history.Space.Count > 0 && !IsExhausted(history);
        if (Ask(history, [], avoids, purpose, out var isExhausted) is { } proposed)
        {
            return proposed;
        }

        return isExhausted ? null : Search(history, [], avoids, purpose);
    }

    /// <summary>What a trial begins with of which some codes are settled. There is always something: a sampler that has nothing left to try is done without.</summary>
    /// <param name="history">What may be known.</param>
    /// <param name="given">The codes that are settled; NaN elsewhere.</param>
    /// <param name="purpose">Names the stream of chance.</param>
    public Draft Complete(TrialHistory history, ReadOnlySpan<double> given, string purpose) =>
        Ask(history, given, false, purpose, out _) ?? Search(history, given, false, purpose);

    /// <summary>Whether every configuration of a finite space was tried.</summary>
    public static bool IsExhausted(TrialHistory history) => history.Space.FeasibleCount is { } all && history.CountTried() >= all;

    private static Draft Search(TrialHistory history, ReadOnlySpan<double> given, bool avoids, string purpose)
    {
        var codes = UniformSearch.Find(history, given, avoids, StreamSeed.Create(history.Seed, history.Number, purpose + "/search"));
        return new Draft(codes, null, Unguided);
    }

    private Draft? Ask(TrialHistory history, ReadOnlySpan<double> given, bool avoids, string purpose, out bool isExhausted)
    {
        var space = history.Space;
        isExhausted = false;
        for (var attempt = 0; attempt < MaxProposals; attempt++)
        {
            var random = StreamSeed.Create(history.Seed, history.Number, attempt == 0 ? purpose : Invariant($"{purpose}/{attempt}"));
            if (options.Sampler.Propose(space, history, random) is not { } proposal)
            {
                isExhausted = true;
                return null;
            }

            var codes = Decode(space, proposal, given);
            // The same configuration from another checkpoint is not the same trial.
            if (space.Holds(codes) && !(avoids && proposal.Parent is null && history.HasTriedCodes(codes)))
            {
                if (proposal.Reason is { } reason)
                {
                    Log.Explained(options.Logger, history.Number, reason);
                }

                return new Draft(codes, proposal.Parent, proposal.Reason);
            }
        }

        Log.FellBack(options.Logger, options.Sampler.GetType().Name, history.Number, MaxProposals);
        return null;
    }

    private double[] Decode(SearchSpace space, Proposal proposal, ReadOnlySpan<double> given)
    {
        try
        {
            return space.Decode(proposal.Point.AsSpan(), given);
        }
        catch (ArgumentException exception)
        {
            throw new InvalidOperationException($"{options.Sampler.GetType().Name} made a proposal that is not a point of the space. {exception.Message}", exception);
        }
    }
}
