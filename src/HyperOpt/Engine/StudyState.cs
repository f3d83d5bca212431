using System.Collections.Immutable;
using HyperOpt.Spaces;
using HyperOpt.Storage;
using HyperOpt.Trials;

namespace HyperOpt.Engine;

/// <summary>The study as a fold over its events. Changed under the ledger's lock only.</summary>
internal sealed class StudyState
{
    private readonly GrowingArray<TrialRecord> _records = new();
    private readonly GrowingArray<Configuration> _proposals = new();
    private readonly SortedSet<int> _waiting = [];
    private readonly SortedSet<int> _reserved = []; // taken and given back, with nothing to begin with
    private readonly SortedSet<int> _running = [];

    public StudyState(SearchSpace declared, ImmutableArray<double> signs, SpaceGrowth growth)
    {
        ByNumber = new TrialSequence(declared, signs, growth, position => _proposals[position]);
        ByCompletion = new TrialSequence(declared, signs, growth, position => _proposals[position]);
    }

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
    public TrialSequence ByNumber { get; }

    /// <summary>All finished trials, as they finished.</summary>
    public TrialSequence ByCompletion { get; }

    public IReadOnlyCollection<int> Running => _running;

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

    public void Apply(StudyEvent entry)
    {
        switch (entry)
        {
            case StudyCreated created:
                Created ??= created;
                break;
            case StudyAttributeSet set:
                Attributes = Attributes.SetItem(set.Name, set.Value);
                break;
            case TrialEnqueued enqueued:
                _records.Add(new TrialRecord(enqueued.Number) { Fixed = enqueued.Fixed });
                _waiting.Add(enqueued.Number);
                break;
            case TrialStarted started:
                Start(started);
                break;
            case TrialProposed proposed:
                Propose(_records[proposed.Number], proposed.Proposed, proposed.Parent);
                break;
            case TrialReported reported when IsCurrent(reported.Number, reported.Attempt):
                _records[reported.Number].Add(reported.Report);
                break;
            case TrialReleased released when IsCurrent(released.Number, released.Attempt):
                Release(_records[released.Number]);
                break;
            case TrialEnded ended when IsCurrent(ended.Number, ended.Attempt):
                End(_records[ended.Number], ended);
                break;
        }
    }

    private bool IsCurrent(int number, int attempt) => _records[number] is { State: TrialState.Running } record && record.Attempt == attempt;

    private void Start(TrialStarted started)
    {
        if (started.IsNew)
        {
            _records.Add(new TrialRecord(started.Number));
        }

        var record = _records[started.Number];
        record.State = TrialState.Running;
        record.StartedAt = started.At;
        _waiting.Remove(started.Number);
        _reserved.Remove(started.Number);
        _running.Add(started.Number);
        if (started.Proposed is { } proposed)
        {
            Propose(record, proposed, started.Parent);
        }
    }

    private void Propose(TrialRecord record, Configuration proposed, int? parent)
    {
        if (record.Proposed is null)
        {
            _proposals.Add(proposed);
        }

        record.Proposed = proposed;
        record.Parent = parent;
    }

    private void Release(TrialRecord record)
    {
        record.State = TrialState.Waiting;
        record.StartedAt = null;
        record.Attempt++;
        record.ForgetReports();
        _running.Remove(record.Number);
        (record is { Fixed: null, Proposed: null } ? _reserved : _waiting).Add(record.Number);
    }

    private (int Number, TrialRecord? Waiting) At(int number) => (number, _records[number]);

    private void End(TrialRecord record, TrialEnded ended)
    {
        record.State = ended.State;
        record.Ended = record.Freeze() with
        {
            State = ended.State,
            Values = ended.Values,
            Parameters = ended.Parameters,
            Constraints = ended.Constraints,
            Attributes = ended.Attributes,
            Error = ended.Error,
            FinishedAt = ended.At,
        };
        record.ForgetReports();
        _running.Remove(record.Number);
        ByCompletion.Add(record.Ended);
        while (ByNumber.Count < Count && _records[ByNumber.Count].Ended is { } next)
        {
            ByNumber.Add(next);
        }
    }
}
