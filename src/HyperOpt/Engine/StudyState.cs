using System.Collections.Immutable;
using HyperOpt.Spaces;
using HyperOpt.Storage;
using HyperOpt.Trials;

namespace HyperOpt.Engine;

/// <summary>The study as a fold over its events. Changed under the ledger's lock only.</summary>
internal sealed class StudyState
{
    private readonly GrowingArray<TrialRecord> _records = new();
    private readonly EndedTrials _endedTrials;
    private readonly Func<Configuration, Configuration> _adopt;
    private readonly Dictionary<string, long> _lastSeen = new(StringComparer.Ordinal);
    private readonly GrowingArray<Configuration> _proposals = new();
    private readonly SortedSet<int> _waiting = [];
    private readonly SortedSet<int> _reserved = []; // taken and given back, with nothing to begin with
    private readonly SortedSet<int> _running = [];
    private readonly SortedSet<int> _withArtifacts = [];

    /// <summary>A study without trials.</summary>
    /// <param name="declared">The space that was declared.</param>
    /// <param name="signs">For each objective 1 if less is better, -1 if more is.</param>
    /// <param name="growth">Grows the joint space.</param>
    /// <param name="isRemote">Whether events come from other processes, with spaces of their own.</param>
    public StudyState(SearchSpace declared, ImmutableArray<double> signs, SpaceGrowth growth, bool isRemote)
    {
        _adopt = isRemote ? growth.Adopt : static configuration => configuration;
        _endedTrials = new EndedTrials(declared, signs, growth, position => _proposals[position], () => Created?.Sources ?? []);
    }

    /// <summary>The changes that the space has gone through.</summary>
    public SpaceLineage Lineage => _endedTrials.Lineage;

    /// <summary>How many trials there are.</summary>
    public int Count => _records.Count;

    /// <summary>How many trials people see: numbers that were taken and given back with nothing to begin with are none yet.</summary>
    public int Shown
    {
        get
        {
            var shown = Count;
            while (_reserved.Contains(shown - 1))
            {
                shown--;
            }

            return shown;
        }
    }

    /// <summary>How many trials were given something to begin with.</summary>
    public int Proposals => _proposals.Count;

    /// <summary>The finished trials before the first unfinished one, by number.</summary>
    public TrialSequence ByNumber => _endedTrials.ByNumber;

    /// <summary>All finished trials, as they finished.</summary>
    public TrialSequence ByCompletion => _endedTrials.ByCompletion;

    public IReadOnlyCollection<int> Running => _running;

    /// <summary>The trials that have artifacts.</summary>
    public IReadOnlyCollection<int> WithArtifacts => _withArtifacts;

    public ImmutableSortedDictionary<string, AttributeValue> Attributes { get; private set; } = FrozenTrial.NoAttributes;

    public StudyCreated? Created { get; private set; }

    public TrialRecord this[int number] => _records[number];

    /// <summary>The trial to take next in the order of numbers: the first that is not taken, or a new one.</summary>
    public (int Number, TrialRecord? Waiting) NextInOrder() => _reserved.Count > 0 && !(_waiting.Min < _reserved.Min && _waiting.Count > 0)
        ? At(_reserved.Min)
        : NextAsCompleted();

    /// <summary>The trial to take next where order does not matter: the first that has something to begin with, or else a free number.</summary>
    public (int Number, TrialRecord? Waiting) NextAsCompleted() =>
        _waiting.Count > 0 ? At(_waiting.Min)
        : _reserved.Count > 0 ? At(_reserved.Min)
        : (Count, null);

    /// <summary>Who has which trial under way; as values, because records change under whoever looks at them without the lock.</summary>
    public ImmutableArray<HeldTrial> Held() =>
        [.. _running.Select(number => _records[number]).Select(record => new HeldTrial(record.Number, record.Attempt, record.Worker!, record.Lost, record.Proposed))];

    /// <summary>When something was last heard of a worker, as a timestamp of this process.</summary>
    public long LastSeen(string worker) => _lastSeen.GetValueOrDefault(worker);

    /// <summary>Takes in an event.</summary>
    /// <param name="entry">What happened.</param>
    /// <param name="now">The timestamp at which this process learnt of it.</param>
    public void Apply(StudyEvent entry, long now)
    {
        switch (entry)
        {
            case WorkerAlive alive:
                _lastSeen[alive.Worker] = now;
                return;
            case TrialRestored restored:
                Restore(restored, now);
                return;
            case ArtifactSaved saved when IsCurrent(saved.Number, saved.Attempt):
                SetArtifacts(_records[saved.Number], _records[saved.Number].Artifacts.SetItem(saved.Artifact.Name, saved.Artifact));
                _lastSeen[_records[saved.Number].Worker!] = now;
                break;
            case ArtifactDeleted deleted when !IsNeeded(deleted.Number):
                SetArtifacts(_records[deleted.Number], _records[deleted.Number].Artifacts.Remove(deleted.Name));
                break;
            case StudyCreated created:
                Created ??= created;
                break;
            case StudyAttributeSet set:
                Attributes = Attributes.SetItem(set.Name, set.Value);
                break;
            case SpaceChanged changed when changed.Version == Lineage.Version + 1:
                _endedTrials.Change(changed, _records);
                break;
            case TrialEnqueued enqueued:
                RecordOf(enqueued.Number).Fixed = enqueued.Fixed;
                _waiting.Add(enqueued.Number);
                break;
            case TrialStarted started:
                Start(started, now);
                break;
            case TrialProposed proposed:
                Propose(_records[proposed.Number], proposed.Proposed, proposed.Parent, proposed.Reason);
                break;
            case TrialReported reported when IsCurrent(reported.Number, reported.Attempt):
                _records[reported.Number].Add(reported.Report);
                _lastSeen[_records[reported.Number].Worker!] = now;
                break;
            case TrialReleased released when IsCurrent(released.Number, released.Attempt):
                Release(_records[released.Number], released.IsLost);
                break;
            case TrialEnded ended when IsCurrent(ended.Number, ended.Attempt):
                End(_records[ended.Number], ended);
                break;
        }
    }

    /// <summary>Whether unfinished work may go on from a trial's artifacts: its own, or that of a trial whose parent it is.</summary>
    public bool IsNeeded(int number) =>
        _records[number].Ended is null || _running.Concat(_waiting).Any(other => _records[other].Parent == number);

    private bool IsCurrent(int number, int attempt) => _records[number] is { State: TrialState.Running } record && record.Attempt == attempt;

    // Numbers come without gaps, but for the snapshot of a compacted log, which has ended trials in the order in which they ended.
    private TrialRecord RecordOf(int number)
    {
        while (Count <= number)
        {
            _records.Add(new TrialRecord(Count));
        }

        return _records[number];
    }

    private void Start(TrialStarted started, long now)
    {
        var record = RecordOf(started.Number);
        record.State = TrialState.Running;
        record.Worker = started.Worker;
        _lastSeen[started.Worker] = now;
        record.StartedAt = started.At;
        record.EndedBefore = ByCompletion.Count;
        _waiting.Remove(started.Number);
        _reserved.Remove(started.Number);
        _running.Add(started.Number);
        if (started.Proposed is { } proposed)
        {
            Propose(record, proposed, started.Parent, started.Reason);
        }
        else if (record.Proposed is { } former && former.Version < Lineage.Version)
        {
            (record.Proposed, record.Reason) = (null, null); // it has no place in the space in force: another is proposed
        }
    }

    private void Propose(TrialRecord record, Configuration proposed, int? parent, ProposalReason? reason)
    {
        if (record.Proposed is null)
        {
            _proposals.Add(_adopt(proposed));
        }

        record.Proposed = _adopt(proposed);
        record.Parent = parent;
        record.Reason = reason ?? record.Reason;
    }

    private void Release(TrialRecord record, bool isLost)
    {
        record.State = TrialState.Waiting;
        record.Worker = null;
        record.StartedAt = null;
        record.Attempt++;
        record.Lost += isLost ? 1 : 0;
        record.ForgetReports();
        _running.Remove(record.Number);
        Await(record);
    }

    // A number that was taken and has nothing to begin with yet is not shown as a trial.
    private void Await(TrialRecord record) => (record is { Fixed: null, Proposed: null } ? _reserved : _waiting).Add(record.Number);

    private (int Number, TrialRecord? Waiting) At(int number) => (number, _records[number]);

    private void End(TrialRecord record, TrialEnded ended)
    {
        var trial = record.AsBegun() with
        {
            State = ended.State,
            Values = ended.Values,
            Parameters = _adopt(ended.Parameters),
            Constraints = ended.Constraints,
            Attributes = ended.Attributes,
            Error = ended.Error,
            Pruning = ended.Pruning,
            FinishedAt = ended.At,
        };
        record.State = ended.State;
        record.End(trial, Lineage);
        record.ForgetReports();
        _running.Remove(record.Number);
        _endedTrials.Add(record, _records);
        if (record.Parent is { } parent)
        {
            _records[parent].NeededUntil = ByCompletion.Count;
        }
    }

    // A reader that missed what a snapshot stands for gets the snapshot: it brings what is known up to date, and changes no end.
    private void Restore(TrialRestored restored, long now)
    {
        var record = RecordOf(restored.Trial.Number);
        SetArtifacts(record, restored.Trial.Artifacts);
        if (record.Ended is not null)
        {
            return;
        }

        record.State = restored.Trial.State;
        record.Attempt = restored.Attempt;
        record.Lost = restored.Lost;
        record.Worker = restored.Worker;
        record.StartedAt = restored.Trial.StartedAt;
        record.Fixed = restored.Fixed;
        record.ForgetReports();
        _waiting.Remove(record.Number);
        _reserved.Remove(record.Number);
        _running.Remove(record.Number);
        if (restored.Proposed is { } proposed)
        {
            Propose(record, proposed, restored.Trial.Parent, restored.Trial.Reason);
        }

        if (record.State is TrialState.Waiting)
        {
            Await(record);
        }
        else if (record.State is TrialState.Running)
        {
            _running.Add(record.Number);
            _lastSeen[restored.Worker!] = now;
            foreach (var report in restored.Trial.Reports)
            {
                record.Add(report);
            }
        }
        else
        {
            var ended = restored.Trial with { Parameters = _adopt(restored.Trial.Parameters) };
            record.End(ended, Lineage);
            _endedTrials.Add(record, _records);
        }
    }

    private void SetArtifacts(TrialRecord record, ImmutableSortedDictionary<string, Artifact> artifacts)
    {
        record.SetArtifacts(artifacts);
        _ = artifacts.IsEmpty ? _withArtifacts.Remove(record.Number) : _withArtifacts.Add(record.Number);
    }
}
