using System.Collections.Immutable;
using HyperOpt.Engine;
using HyperOpt.Trials;
using static System.FormattableString;

namespace HyperOpt;

/// <summary>What a pruner would have done with a study's trials.</summary>
/// <param name="Trials">The trials that ended, by number.</param>
/// <param name="Reports">How many reports they made.</param>
/// <param name="ReportsMade">How many they would have made.</param>
/// <param name="Winners">How many completed feasible trials were better than all before them; with several objectives, the front.</param>
/// <param name="WinnersLost">How many of these would have been given up.</param>
/// <param name="Best">The best trial that would have completed: of one objective, and null if none would.</param>
/// <param name="IsBestLost">Whether the study's best trial, or with several objectives one of its front, would have been given up.</param>
public sealed record PruningReplayResult(
    ImmutableArray<ReplayedTrial> Trials, long Reports, long ReportsMade, int Winners, int WinnersLost, FrozenTrial? Best, bool IsBestLost)
{
    /// <summary>The share of reports that would have been saved, from 0 to 1.</summary>
    public double Saved => 1 - (double)ReportsMade / Reports;

    /// <summary>For example <c>saves 61.3 % of 3000 reports and loses 1 of 9 winners, not the best</c>.</summary>
    public override string ToString() =>
        Invariant($"saves {100 * Saved:F1} % of {Reports} reports and loses {WinnersLost} of {Winners} winners, {(IsBestLost ? "" : "not ")}the best");

    internal static PruningReplayResult Of(ImmutableArray<ReplayedTrial> trials, ImmutableArray<double> signs)
    {
        var winners = signs.Length == 1 ? Records(trials.Select(each => each.Trial), signs[0]) : Dominance.FrontOf(trials.Select(each => each.Trial), signs);
        var pruned = trials.Where(each => each.Decision is not null).Select(each => each.Trial.Number).ToHashSet();
        var kept = signs.Length == 1 ? Records(trials.Where(each => each.Decision is null).Select(each => each.Trial), signs[0]) : [];
        return new PruningReplayResult(
            trials,
            trials.Sum(each => (long)each.Trial.Reports.Length),
            trials.Sum(each => (long)each.Reports),
            winners.Length,
            winners.Count(winner => pruned.Contains(winner.Number)),
            kept.IsEmpty ? null : kept[^1],
            signs.Length == 1 ? !winners.IsEmpty && pruned.Contains(winners[^1].Number) : winners.Any(winner => pruned.Contains(winner.Number)));
    }

    // Those that were better than all before.
    private static ImmutableArray<FrozenTrial> Records(IEnumerable<FrozenTrial> trials, double sign)
    {
        var records = ImmutableArray.CreateBuilder<FrozenTrial>();
        foreach (var trial in trials)
        {
            if (trial is { State: TrialState.Completed, IsFeasible: true } && (records.Count == 0 || trial.Value * sign < records[^1].Value * sign))
            {
                records.Add(trial);
            }
        }

        return records.ToImmutable();
    }
}

/// <summary>A trial in a replay.</summary>
/// <param name="Trial">The trial as it was.</param>
/// <param name="Reports">How many reports it would have made.</param>
/// <param name="Decision">Why it would have been given up; null if it would not.</param>
public sealed record ReplayedTrial(FrozenTrial Trial, int Reports, PruningDecision? Decision);
