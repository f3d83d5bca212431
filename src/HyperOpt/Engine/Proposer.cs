using System.Collections.Immutable;
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

    /// <summary>How many uniform draws are made before a space counts as infeasible.</summary>
    private const int MaxDraws = 100_000;

    /// <summary>What a trial begins with; null when the sampler has nothing left to try.</summary>
    /// <param name="history">What may be known.</param>
    /// <param name="given">Codes that are settled; NaN elsewhere. Empty: none.</param>
    /// <param name="purpose">Names the stream of chance.</param>
    public (double[] Codes, int? Parent)? Propose(TrialHistory history, ReadOnlySpan<double> given, string purpose)
    {
        var space = history.Space;
        var avoids = Avoids(history, given);
        for (var attempt = 0; attempt < MaxProposals; attempt++)
        {
            var random = StreamSeed.Create(history.Seed, history.Number, attempt == 0 ? purpose : Invariant($"{purpose}/{attempt}"));
            if (options.Sampler.Propose(space, history, random) is not { } proposal)
            {
                return null;
            }

            var codes = Decode(space, proposal, given);
            if (space.Holds(codes) && !(avoids && history.HasTriedCodes(codes)))
            {
                return (codes, proposal.Parent);
            }
        }

        Log.FellBack(options.Logger, options.Sampler.GetType().Name, history.Number, MaxProposals);
        return (Search(history, given, avoids, purpose), null);
    }

    private bool Avoids(TrialHistory history, ReadOnlySpan<double> given) =>
        options.AvoidsDuplicates && given.IsEmpty && history.Space.IsFinite && history.Space.Count > 0 && !IsExhausted(history);

    /// <summary>Whether every configuration of a finite space was tried.</summary>
    public static bool IsExhausted(TrialHistory history) => history.Space.FeasibleCount is { } all && history.CountTried() >= all;

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

    // Without the sampler: a walk over all configurations where they can be walked, uniform draws elsewhere.
    private static double[] Search(TrialHistory history, ReadOnlySpan<double> given, bool avoids, string purpose)
    {
        var random = StreamSeed.Create(history.Seed, history.Number, purpose + "/search");
        var space = history.Space;
        return given.IsEmpty && space.Cardinality <= ConfigurationTree.MaxWalk
            ? Walk(history, avoids, random)
            : Draw(history, given, avoids, random);
    }

    private static double[] Walk(TrialHistory history, bool avoids, Random random)
    {
        var space = history.Space;
        var all = space.Cardinality!.Value;
        var start = random.NextInt64(all);
        for (var i = 0L; i < all; i++)
        {
            var codes = space.Tree!.At((start + i) % all);
            if (space.Holds(codes) && !(avoids && history.HasTriedCodes(codes)))
            {
                return codes;
            }
        }

        throw new InvalidOperationException(
            Invariant($"A space must have a configuration that breaks no hard constraint, but none of its {all} does: {space.Laws}. Relax a constraint, or widen a range."));
    }

    private static double[] Draw(TrialHistory history, ReadOnlySpan<double> given, bool avoids, Random random)
    {
        var space = history.Space;
        double[]? repeated = null;
        for (var draw = 0; draw < MaxDraws; draw++)
        {
            var codes = space.Decode(RandomSampler.Draw(space.Count, random).AsSpan(), given);
            if (!space.Holds(codes))
            {
                continue;
            }

            if (!avoids || !history.HasTriedCodes(codes))
            {
                return codes;
            }

            repeated ??= codes;
        }

        return repeated ?? throw new InvalidOperationException(Invariant(
            $"A space must have a configuration that breaks no hard constraint, but none of {MaxDraws} uniform draws does ")
            + Invariant($"(acceptance rate 0, below {3.0 / MaxDraws:G2} with 95 % confidence): {space.Laws}. ")
            + "Relax a constraint, or choose the parameters so that fewer draws break it.");
    }
}
