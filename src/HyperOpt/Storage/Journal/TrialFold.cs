using System.Collections.Immutable;
using HyperOpt.Spaces;
using HyperOpt.Trials;

namespace HyperOpt.Storage.Journal;

/// <summary>What the events so far leave to know of one trial.</summary>
internal sealed class TrialFold(int number)
{
    private readonly List<Report> _reports = [];
    private TrialState _state = TrialState.Waiting;
    private int _attempt;
    private int _lost;
    private string? _worker;
    private int? _parent;
    private ProposalReason? _reason;
    private DateTimeOffset? _startedAt;
    private Configuration? _fixed;
    private Configuration? _proposed;
    private ImmutableSortedDictionary<string, Artifact> _artifacts = FrozenTrial.NoArtifacts;
    private FrozenTrial? _ended;

    public int Number => number;

    public int? Parent => _parent;

    public bool HasEnded => _ended is not null;

    public void Enqueue(Configuration given) => _fixed = given;

    /// <summary>Takes in a beginning; what was proposed in another space and is not begun with has no place in this one.</summary>
    public void Start(TrialStarted started, int version)
    {
        (_state, _worker, _startedAt) = (TrialState.Running, started.Worker, started.At);
        if (started.Proposed is { } proposed)
        {
            Propose(proposed, started.Parent, started.Reason);
        }
        else if (_proposed?.Version < version)
        {
            _proposed = null;
        }
    }

    public void Propose(Configuration proposed, int? parent, ProposalReason? reason) => (_proposed, _parent, _reason) = (proposed, parent, reason ?? _reason);

    public void Add(TrialReported reported)
    {
        if (IsCurrent(reported.Attempt) && !_reports.Exists(other => other.Step == reported.Report.Step))
        {
            _reports.Add(reported.Report);
        }
    }

    public void Release(TrialReleased released)
    {
        if (IsCurrent(released.Attempt))
        {
            (_state, _worker, _startedAt) = (TrialState.Waiting, null, null);
            _attempt++;
            _lost += released.IsLost ? 1 : 0;
            _reports.Clear();
        }
    }

    public void Keep(ArtifactSaved saved) =>
        _artifacts = IsCurrent(saved.Attempt) ? _artifacts.SetItem(saved.Artifact.Name, saved.Artifact) : _artifacts;

    public void Drop(string artifact) => _artifacts = _artifacts.Remove(artifact);

    /// <summary>Takes in the end; false if the attempt had ended before.</summary>
    public bool End(TrialEnded ended)
    {
        if (!IsCurrent(ended.Attempt))
        {
            return false;
        }

        _ended = Freeze() with
        {
            State = ended.State,
            Values = ended.Values,
            Parameters = ended.Parameters,
            Constraints = ended.Constraints,
            Attributes = ended.Attributes,
            Error = ended.Error,
            Pruning = ended.Pruning,
            FinishedAt = ended.At,
        };
        _state = ended.State;
        return true;
    }

    public void Restore(TrialRestored restored)
    {
        var trial = restored.Trial;
        _artifacts = trial.Artifacts;
        if (HasEnded)
        {
            return;
        }

        (_state, _attempt, _lost, _worker, _startedAt) = (trial.State, restored.Attempt, restored.Lost, restored.Worker, trial.StartedAt);
        (_parent, _reason) = (trial.Parent, trial.Reason);
        _fixed = restored.Fixed;
        _proposed = restored.Proposed ?? _proposed;
        _reports.Clear();
        _reports.AddRange(trial.Reports);
        _ended = trial.State is TrialState.Waiting or TrialState.Running ? null : trial;
    }

    public TrialRestored ToEvent(DateTimeOffset at) => new(at, (_ended ?? Freeze()) with { Artifacts = _artifacts }, _attempt, _lost)
    {
        Proposed = _proposed,
        Fixed = _fixed,
        Worker = _worker,
    };

    private bool IsCurrent(int attempt) => _state == TrialState.Running && _attempt == attempt;

    private FrozenTrial Freeze() => new()
    {
        Number = number,
        State = _state,
        Parameters = _proposed ?? _fixed ?? Configuration.Empty,
        Reports = [.. _reports],
        Artifacts = _artifacts,
        Parent = _parent,
        Reason = _reason,
        Worker = _worker,
        Retries = _attempt,
        StartedAt = _startedAt,
    };
}
