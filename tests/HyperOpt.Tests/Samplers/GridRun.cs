using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Tests.Support;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Samplers;

/// <summary>Runs grids to their end.</summary>
internal static class GridRun
{
    /// <summary>More trials than any grid of these tests has combinations.</summary>
    public const int Enough = 5_000;

    public const string NothingLeft = "the sampler has nothing left to try";

    public static Study Create(SearchSpace space, GridSampler? sampler = null, ulong seed = 1) =>
        new(new StudyOptions { Space = space, Sampler = sampler ?? new GridSampler(), Seed = seed });

    public static async Task<RunSummary> RunAsync(this Study study, RunOptions? options = null) => await study.RunAsync(
        Objective.From((trial, _) => AskForAll.Of(study.Space)(trial)),
        options ?? new RunOptions { Trials = Enough },
        TestContext.Current.CancellationToken);

    /// <summary>The trials of a grid that was tried to its end.</summary>
    public static async Task<IReadOnlyList<FrozenTrial>> ExhaustAsync(SearchSpace space, GridSampler? sampler = null, ulong seed = 1)
    {
        var study = Create(space, sampler, seed);
        Assert.Equal(NothingLeft, (await study.RunAsync()).Reason);
        return study.Trials;
    }
}
