using HyperOpt.Engine;
using HyperOpt.Trials;

namespace HyperOpt;

/// <summary>Counts what becomes of a run's trials, and tells who wants to know.</summary>
internal sealed class RunTally(Study study, TimeProvider time, RunOptions options)
{
    private readonly Lock _lock = new();
    private readonly long _began = time.GetTimestamp();
    private readonly int[] _ended = new int[Enum.GetValues<TrialState>().Length];
    private int _begun;
    private int _released;

    public int Ended => _ended.Sum();

    private TimeSpan Elapsed => time.GetElapsedTime(_began);

    public void Begun() => Interlocked.Increment(ref _begun);

    public void Released() => Interlocked.Increment(ref _released);

    /// <summary>Counts an ended trial and tells of it, one thread at a time.</summary>
    public void Add(FrozenTrial trial)
    {
        lock (_lock)
        {
            _ended[(int)trial.State]++;
            options.OnTrialEnded?.Invoke(study, trial);
            options.Progress?.Report(new RunProgress(trial, Ended, options.Trials, study.BestOrNull, Elapsed));
        }
    }

    public RunStatus StatusAt(Horizon horizon)
    {
        var sequence = horizon.Sequence;
        return new RunStatus(
            new RunStatus(Volatile.Read(ref _begun), Elapsed, horizon.Count, sequence.BestAt(horizon.Count), sequence.SinceBest(horizon.Count), study.Directions)
            {
                Reports = sequence.ReportsAt(horizon.Count),
            },
            () => Proposer.IsExhausted(horizon.In(horizon.Space)),
            () => horizon.In(horizon.Space));
    }

    public RunSummary Summarize(string reason) => new(
        reason, _ended[(int)TrialState.Completed], _ended[(int)TrialState.Pruned], _ended[(int)TrialState.Failed], _released, Elapsed);
}
