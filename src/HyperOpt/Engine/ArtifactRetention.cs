using System.Collections.Immutable;
using HyperOpt.Trials;

namespace HyperOpt.Engine;

/// <summary>Which artifacts a policy no longer keeps. A pure function of the state.</summary>
internal static class ArtifactRetention
{
    /// <summary>The artifacts of ended trials that are neither among the best nor among the newest, and that no unfinished trial goes on from.</summary>
    /// <param name="state">The study.</param>
    /// <param name="best">How many trials keep theirs.</param>
    /// <param name="newest">How many of those that ended last keep theirs besides.</param>
    /// <param name="signs">For each objective 1 if less is better, -1 if more is.</param>
    public static ImmutableArray<(int Trial, Artifact Artifact)> Doomed(StudyState state, int best, int newest, ImmutableArray<double> signs)
    {
        FrozenTrial[] ended = [.. from number in state.WithArtifacts let trial = state[number].Ended where trial is not null select trial];
        if (ended.Length == 0)
        {
            return [];
        }

        var kept = Best(ended, best, signs);
        var settled = Settled(state);
        for (var row = Math.Max(0, settled - newest); row < state.ByCompletion.Count; row++)
        {
            kept.Add(state.ByCompletion[row].Number);
        }

        return
        [
            .. from trial in ended
               where !kept.Contains(trial.Number) && !state.IsNeeded(trial.Number) && state[trial.Number].NeededUntil <= settled
               from artifact in trial.Artifacts.Values
               select (trial.Number, artifact),
        ];
    }

    // A trial that is begun and has no proposal yet may be about to go on from any that was among the newest, or was needed, when it was begun.
    private static int Settled(StudyState state) =>
        state.Running.Where(number => state[number].Proposed is null).Select(number => state[number].EndedBefore).Append(state.ByCompletion.Count).Min();

    private static HashSet<int> Best(FrozenTrial[] trials, int count, ImmutableArray<double> signs)
    {
        var kept = new HashSet<int>();
        IReadOnlyList<FrozenTrial> rest = signs.Length > 1 ? trials :
            [.. trials.Where(trial => trial is { State: TrialState.Completed, IsFeasible: true, FitsSpace: true })
                .OrderBy(trial => trial.Values[0] * signs[0]).ThenBy(trial => trial.Number)];
        while (kept.Count < count)
        {
            // One front after the other; with one objective they are in order already.
            IReadOnlyList<FrozenTrial> front = signs.Length > 1 ? Dominance.FrontOf(rest, signs) : rest;
            if (front.Count == 0)
            {
                break;
            }

            kept.UnionWith(front.Take(count - kept.Count).Select(trial => trial.Number));
            rest = [.. rest.Except(front)];
        }

        return kept;
    }
}
