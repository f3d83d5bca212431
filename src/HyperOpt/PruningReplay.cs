using System.Collections.Immutable;
using HyperOpt.Pruners;
using HyperOpt.Spaces;
using HyperOpt.Trials;

namespace HyperOpt;

/// <summary>
/// Runs any pruner over the curves of a study that has been run, as if it had been the study's, to choose one from one's own data. The trials
/// stay what they were: a sampler that had seen other trials pruned would have proposed others.
/// </summary>
/// <remarks>
/// Trials are replayed in the order of their numbers, each knowing those before it as the replay left them. Completed trials tell what pruning
/// would have cost. Trials that were pruned in the study are replayed too, as far as they went, and stay pruned if the pruner lets them go on: best is a
/// study that was run with <see cref="NopPruner"/>. After a trial's last report nobody is asked: there is nothing left to save. Failed trials are shown to the pruner as they are.
/// </remarks>
public static class PruningReplay
{
    /// <summary>Replays a study's trials.</summary>
    /// <param name="study">A study whose trials reported.</param>
    /// <param name="pruner">The pruner to try.</param>
    /// <exception cref="ArgumentException">No trial that ended has a report.</exception>
    public static PruningReplayResult Run(IStudy study, IPruner pruner)
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(pruner);
        var signs = study.Directions.Signs();
        var space = study.Space;
        FrozenTrial[] ended = [.. study.Trials.Where(trial => trial.State is TrialState.Completed or TrialState.Pruned or TrialState.Failed)];
        if (!ended.Any(trial => !trial.Reports.IsEmpty))
        {
            throw new ArgumentException($"A replay needs curves, but no trial of study '{study.Name}' has reported. Report intermediate values in the objective.", nameof(study));
        }

        var replayed = new List<Observation>(ended.Length);
        var history = Histories(space, signs.Length, replayed);
        var trials = ImmutableArray.CreateBuilder<ReplayedTrial>(ended.Length);
        foreach (var trial in ended)
        {
            var whole = ObservationTranslator.Translate(trial, space, signs);
            var (seen, decision, count) = Replay(whole, trial, pruner, history(trial.Number));
            replayed.Add(seen);
            trials.Add(new ReplayedTrial(trial, count, decision));
        }

        return PruningReplayResult.Of(trials.ToImmutable(), signs);
    }

    // All over one table, which takes in what has been replayed: nothing is copied.
    private static Func<int, TrialHistory> Histories(SearchSpace space, int objectives, List<Observation> replayed)
    {
        var table = new ObservationTable(space.Count, objectives, row => replayed[row]);
        var tried = new PointIndex(_ => []);
        return number => new TrialHistory(space, table, replayed.Count, new Lazy<IReadOnlyList<Observation>>([]), tried, 0, 0, number, objectives);
    }

    private static (Observation Seen, PruningDecision? Decision, int Reports) Replay(Observation whole, FrozenTrial trial, IPruner pruner, TrialHistory history)
    {
        var builder = new LearningCurveBuilder(Math.Max(1, whole.Curve.Objectives));
        for (var count = 1; count < whole.Curve.Count && trial.State != TrialState.Failed; count++)
        {
            builder.TryAdd(whole.Curve.Steps[count - 1], whole.Curve.LossesAt(count - 1));
            var running = whole with { State = TrialState.Running, Losses = [], Curve = builder.Snapshot() };
            if (pruner.Judge(running, history) is { } decision)
            {
                var last = running.Curve.LossesAt(count - 1);
                return (running with { State = TrialState.Pruned, Losses = last.ContainsNaN() ? [] : [.. last] }, decision, count);
            }
        }

        return (whole, null, whole.Curve.Count);
    }
}
