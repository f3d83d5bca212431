using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Trials;
using static System.FormattableString;

namespace HyperOpt.Engine;

/// <summary>Looks for a configuration without a sampler: a walk over all of them where they can be walked, uniform draws elsewhere.</summary>
internal static class UniformSearch
{
    /// <summary>How many uniform draws are made before a space counts as infeasible.</summary>
    private const int MaxDraws = 100_000;

    /// <summary>A configuration that breaks no hard constraint, and was not tried if that is to be avoided and one can be found.</summary>
    /// <exception cref="InvalidOperationException">There is none, or too few to be found by chance.</exception>
    public static double[] Find(TrialHistory history, ReadOnlySpan<double> given, bool avoids, Random random) =>
        given.IsEmpty && history.Space.Cardinality <= ConfigurationTree.MaxWalk
            ? Walk(history, avoids, random)
            : Draw(history.Space, given, avoids ? history : null, random) ?? throw NoneDrawn(history.Space, given);

    /// <summary>Whether a configuration with the given codes can be found that breaks no hard constraint.</summary>
    public static bool Exists(SearchSpace space, ReadOnlySpan<double> given, Random random) => Draw(space, given, null, random) is not null;

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
            Invariant($"A space must have a configuration that breaks no hard constraint, but none of its {all} does (acceptance rate 0): {space.Laws}. Relax a constraint, or widen a range."));
    }

    private static double[]? Draw(SearchSpace space, ReadOnlySpan<double> given, TrialHistory? avoided, Random random)
    {
        double[]? repeated = null;
        for (var draw = 0; draw < MaxDraws; draw++)
        {
            var codes = space.Decode(RandomSampler.Draw(space.Count, random).AsSpan(), given);
            if (!space.Holds(codes))
            {
                continue;
            }

            if (avoided?.HasTriedCodes(codes) != true)
            {
                return codes;
            }

            repeated ??= codes;
        }

        return repeated;
    }

    // No success in n draws: the rate is below 3 / n with 95 % confidence, by the rule of three (Hanley and Lippman-Hand 1983, 10.1001/jama.1983.03330370053031).
    private static InvalidOperationException NoneDrawn(SearchSpace space, ReadOnlySpan<double> given) => new(
        $"A space must have a configuration that breaks no hard constraint{(given.IsEmpty ? "" : " and has the values that were set for the trial")}, "
        + Invariant($"but none of {MaxDraws} uniform draws does (acceptance rate 0, below {3.0 / MaxDraws:G2} with 95 % confidence): {space.Laws}. ")
        + "Relax a constraint, or choose the parameters so that fewer draws break it.");
}
