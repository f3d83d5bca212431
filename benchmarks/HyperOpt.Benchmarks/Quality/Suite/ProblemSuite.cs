using System.Collections.Immutable;
using System.IO.Enumeration;
using HyperOpt.Benchmarks.Quality.Real;

namespace HyperOpt.Benchmarks.Quality.Suite;

/// <summary>All problems: the public ones to develop with, and those held out to judge with.</summary>
internal static class ProblemSuite
{
    private static readonly Lazy<ImmutableArray<Problem>> LazyStandard = new(() => [.. SeveralObjectives.Standard]);

    /// <summary>The families, in the order of the reports.</summary>
    public static ImmutableArray<string> Families { get; } = ["flat", "mixed", "conditional", "noisy", "multi", "real", "standard"];

    public static ImmutableArray<Problem> Public { get; } =
        [.. FlatProblems.All, .. MixedProblems.All, .. ConditionalProblems.All, .. NoisyProblems.All, .. SeveralObjectives.All, .. RealProblems.All];

    public static ImmutableArray<Problem> HeldOut { get; } =
    [
        .. FlatProblems.HeldOut.Concat(MixedProblems.HeldOut).Concat(ConditionalProblems.HeldOut).Concat(NoisyProblems.HeldOut)
            .Concat(SeveralObjectives.HeldOut).Concat(RealProblems.HeldOut).Select(problem => problem with { IsHeldOut = true }),
    ];

    /// <summary>Problems of several objectives in the dimensions of their papers: no part of the suite, found only by their names or that of their family.</summary>
    public static ImmutableArray<Problem> Standard => LazyStandard.Value;

    /// <summary>The problem of a name.</summary>
    public static Problem Named(string name) => Public.Concat(HeldOut).FirstOrDefault(problem => problem.Name == name) ?? Standard.Single(problem => problem.Name == name);

    /// <summary>The problems whose name or family fits one of the patterns, which may hold * and ?.</summary>
    public static ImmutableArray<Problem> Find(string patterns, bool isHeldOut) =>
    [
        .. (isHeldOut ? HeldOut : patterns == "*" ? Public : Public.Concat(Standard)).Where(problem => patterns.Split(',').Any(pattern =>
            FileSystemName.MatchesSimpleExpression(pattern, problem.Name) || FileSystemName.MatchesSimpleExpression(pattern, problem.Family))),
    ];
}
