using System.Collections.Immutable;
using System.Globalization;
using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Contracts;

/// <summary>The laws that <see cref="SamplerContract"/> checks, in words for the author of a sampler that breaks one.</summary>
internal static class SamplerLaws
{
    /// <summary>The proposal is a point of the space, and its parent a finished trial.</summary>
    public static void AssertIsPoint(Proposal proposal, SearchSpace space, TrialHistory history)
    {
        if (proposal.Point.IsDefault)
        {
            Assert.Fail("A proposal must have a point, but its Point is the default of ImmutableArray. Give a coordinate for each axis.");
        }

        try
        {
            _ = space.Normalize(proposal.Point.AsSpan());
        }
        catch (ArgumentException exception)
        {
            Assert.Fail($"A proposal must be a point of the space. {exception.Message} Proposed: {Describe(proposal)} for {space}.");
        }

        if (proposal.Parent is { } parent && history.Finished.All(trial => trial.Number != parent))
        {
            Assert.Fail($"The parent of a proposal must be a finished trial of the history, but {parent} is none of its {history.Count}.");
        }
    }

    /// <summary>Null means that all was tried; on a continuum, which a sampler may make finite in its own way, that something was.</summary>
    public static void AssertMayEnd(SearchSpace space, TrialHistory history)
    {
        var tried = history.Finished.Concat(history.Pending).Select(trial => trial.Point).Where(point => IsWhole(point, space))
            .Select(point => SamplerCases.Text(space.Normalize(point.AsSpan()))).Distinct().Count();
        Assert.True(
            space.Count > 0 && tried >= (space.Cardinality ?? 1),
            $"A sampler may return null only when nothing is left to try, but {tried} of {space.Cardinality?.ToString(CultureInfo.InvariantCulture) ?? "infinitely many"} "
            + $"configurations were tried. (In an empty space there is always the empty point, for parameters may join.) Space: {space}.");
    }

    /// <summary>The two proposals are equal, bit for bit.</summary>
    public static void AssertSame(Proposal? expected, Proposal? actual, string law)
    {
        var same = expected is null || actual is null
            ? expected is null && actual is null
            : expected.Parent == actual.Parent && Bits(expected).SequenceEqual(Bits(actual));
        if (!same)
        {
            Assert.Fail($"{law} But the proposals were {Describe(expected)} and {Describe(actual)}. {Purity}");
        }
    }

    public static void AssertSameTrials(string[] expected, string[] actual, string law)
    {
        var at = Enumerable.Range(0, Math.Min(expected.Length, actual.Length)).FirstOrDefault(i => expected[i] != actual[i], -1);
        if (at >= 0)
        {
            Assert.Fail($"{law} But they differ:\n  {expected[at]}\n  {actual[at]}\n{Purity}");
        }

        Assert.True(expected.Length == actual.Length, $"{law} But there were {expected.Length} and {actual.Length} trials. {Purity}");
    }

    public static string Describe(Proposal? proposal) =>
        proposal is null ? "null" : SamplerCases.Text(proposal.Point) + (proposal.Parent is { } parent ? $" from trial {parent}" : "");

    private const string Purity =
        "A sampler is a pure function of space, history and random: it keeps nothing between calls but what it could compute anew.";

    private static bool IsWhole(ImmutableArray<double> point, SearchSpace space)
    {
        try
        {
            _ = space.Normalize(point.AsSpan());
            return true;
        }
        catch (ArgumentException)
        {
            return false; // a value was dropped
        }
    }

    private static IEnumerable<long> Bits(Proposal proposal) => proposal.Point.Select(BitConverter.DoubleToInt64Bits);
}
