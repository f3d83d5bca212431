using System.Collections.Immutable;
using HyperOpt.Numerics;
using HyperOpt.Trials;

namespace HyperOpt.Engine;

/// <summary>Pareto dominance: no worse in every objective, and better in one.</summary>
internal static class Dominance
{
    /// <summary>The completed feasible trials that no other dominates, in their order; equals stand beside each other.</summary>
    public static ImmutableArray<FrozenTrial> FrontOf(IEnumerable<FrozenTrial> trials, ImmutableArray<double> signs)
    {
        FrozenTrial[] eligible = [.. trials.Where(trial => trial is { State: TrialState.Completed, IsFeasible: true, FitsSpace: true })];
        return [.. Pareto.Front([.. eligible.Select(trial => LossesOf(trial, signs))]).Select(at => eligible[at])];
    }

    /// <summary>All completed feasible trials, front after front, each in their order.</summary>
    public static ImmutableArray<ImmutableArray<FrozenTrial>> FrontsOf(IEnumerable<FrozenTrial> trials, ImmutableArray<double> signs)
    {
        FrozenTrial[] eligible = [.. trials.Where(trial => trial is { State: TrialState.Completed, IsFeasible: true, FitsSpace: true })];
        var ranks = Pareto.Ranks(Pareto.Rows([.. eligible.Select(trial => LossesOf(trial, signs))]), signs.Length);
        return [.. Enumerable.Range(0, eligible.Length).GroupBy(at => ranks[at]).OrderBy(front => front.Key).Select(front => front.Select(at => eligible[at]).ToImmutableArray())];
    }

    /// <summary>What less is better of.</summary>
    public static ImmutableArray<double> LossesOf(FrozenTrial trial, ImmutableArray<double> signs) => [.. trial.Values.Select((value, objective) => value * signs[objective])];
}
