using System.Collections.Immutable;
using HyperOpt.Trials;

namespace HyperOpt.Engine;

/// <summary>Pareto dominance: no worse in every objective, and better in one.</summary>
internal static class Dominance
{
    /// <summary>The completed feasible trials that no other dominates, in their order; equals stand beside each other.</summary>
    public static ImmutableArray<FrozenTrial> FrontOf(IEnumerable<FrozenTrial> trials, ImmutableArray<double> signs)
    {
        var front = new List<FrozenTrial>();
        foreach (var trial in trials)
        {
            if (trial is { State: TrialState.Completed, IsFeasible: true, FitsSpace: true } && !front.Exists(other => Dominates(other, trial, signs)))
            {
                front.RemoveAll(other => Dominates(trial, other, signs));
                front.Add(trial);
            }
        }

        return [.. front];
    }

    private static bool Dominates(FrozenTrial one, FrozenTrial other, ImmutableArray<double> signs)
    {
        var isBetter = false;
        for (var i = 0; i < signs.Length; i++)
        {
            var (mine, theirs) = (one.Values[i] * signs[i], other.Values[i] * signs[i]);
            if (mine > theirs)
            {
                return false;
            }

            isBetter |= mine < theirs;
        }

        return isBetter;
    }
}
