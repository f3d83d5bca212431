using System.Collections.Immutable;
using HyperOpt.Numerics;
using HyperOpt.Spaces;
using HyperOpt.Trials;

namespace HyperOpt.Samplers;

/// <summary>
/// Begins a study with the best points of others: one of each in turn, no two close to each other. The first trial is such a point; more follow only while the best
/// trial so far is one of them. With several objectives the best are those of a source's front that dominate most together, and more follow only while they are most of the front so
/// far. So another study that has nothing to do with this one costs about one trial.
/// </summary>
internal static class SourceDesign
{
    /// <summary>Points nearer than this on every axis teach too much the same.</summary>
    private const double Nearest = 0.05;

    /// <summary>The first point is compared with those of so many trials in all before another follows.</summary>
    private const int Patience = 3;

    /// <summary>For so many trials to each point at most it is looked at sources at all: samplers without a start-up of their own ask before every trial.</summary>
    private const int Beginning = 5;

    /// <summary>The point for a trial; null if there is none.</summary>
    /// <param name="space">The space.</param>
    /// <param name="history">What is known.</param>
    /// <param name="most">How many trials begin so at most.</param>
    /// <param name="otherwise">Has the coordinates that the other study lacks.</param>
    public static Proposal? Propose(SearchSpace space, TrialHistory history, int most, Func<Proposal> otherwise)
    {
        if (history.Sources.Count == 0 || history.Number >= Beginning * most || (history.Number > 0 && history.Count < Patience))
        {
            return null;
        }

        var chosen = Choose(history, most);
        Observation[] own = [.. history.Finished, .. history.Pending];
        var next = chosen.FindIndex(choice => !own.Any(trial => IsClose(choice.Trial, trial)));
        if (next < 0 || (history.Number > 0 && !Lead(chosen, history)))
        {
            return null;
        }

        var (source, trial) = chosen[next];
        var rest = otherwise().Point;
        ImmutableArray<double> point = [.. trial.Point.Select((unit, axis) => double.IsNaN(unit) ? rest[axis] : unit)];
        return space.IsFeasible(point.AsSpan()) && !(space.IsFinite && history.HasTried(point.AsSpan()))
            ? new Proposal(point) { Reason = new ProposalReason($"initial design: one of the best points of source {source}") }
            : null;
    }

    private static List<(int Source, Observation Trial)> Choose(TrialHistory history, int count)
    {
        List<Observation>[] sorted = [.. history.Sources.Select(source => BestFirst(source, count))];
        var chosen = new List<(int Source, Observation Trial)>();
        for (var idle = 0; chosen.Count < count && idle < sorted.Length;)
        {
            var source = (chosen.Count + idle) % sorted.Length;
            var next = sorted[source].FindIndex(trial => !chosen.Exists(other => IsClose(other.Trial, trial)));
            if (next < 0)
            {
                idle++;
                continue;
            }

            chosen.Add((source, sorted[source][next]));
            idle = 0;
        }

        return chosen;
    }

    private static List<Observation> BestFirst(TrialHistory source, int count)
    {
        Observation[] trials = [.. source.Finished.Where(trial => trial.Point.Any(unit => !double.IsNaN(unit)))];
        var ranks = RanksOf(trials, source.Objectives);
        int[] order = [.. Enumerable.Range(0, trials.Length).OrderBy(at => ranks[at])];
        if (source.Objectives > 1 && trials.Length > 0)
        {
            int[] front = [.. order.TakeWhile(at => ranks[at] == 0)];
            int[] first = [.. SubsetSelection.Greedy([.. front.Select(at => trials[at].Losses)], 2 * count).Select(at => front[at])];
            order = [.. first, .. order.Except(first)];
        }

        return [.. order.Select(at => trials[at])];
    }

    // Whether the best trial is one of them; with several objectives, whether most of the front is.
    private static bool Lead(List<(int Source, Observation Trial)> chosen, TrialHistory history)
    {
        if (history.Objectives == 1)
        {
            return history.Best is { } best && chosen.Exists(choice => IsClose(choice.Trial, best));
        }

        Observation[] trials = [.. history.Finished.Where(trial => trial is { State: TrialState.Completed, IsFeasible: true })];
        var ranks = RanksOf(trials, history.Objectives);
        Observation[] front = [.. trials.Where((_, at) => ranks[at] == 0)];
        return 2 * front.Count(own => chosen.Exists(choice => IsClose(choice.Trial, own))) > front.Length;
    }

    private static int[] RanksOf(Observation[] trials, int objectives) => trials.Length == 0 ? [] : Pareto.Ranks(Pareto.Rows([.. trials.Select(trial => trial.Losses)]), objectives);

    private static bool IsClose(Observation one, Observation other)
    {
        for (var axis = 0; axis < one.Point.Length; axis++)
        {
            if (Math.Abs(one.Point[axis] - other.Point[axis]) >= Nearest)
            {
                return false;
            }
        }

        return true;
    }
}
