using System.Collections.Immutable;
using HyperOpt.Trials;

namespace HyperOpt.Storage.Journal;

/// <summary>What the events of a study so far leave to know: from them and from its snapshot the same study follows.</summary>
internal sealed class StudyFold
{
    private readonly List<TrialFold> _trials = [];
    private readonly List<TrialFold> _ended = [];
    private readonly HashSet<TrialFold> _unfinished = [];
    private StudyCreated? _created;
    private readonly List<SpaceChanged> _changes = [];
    private ImmutableSortedDictionary<string, StudyAttributeSet> _attributes = ImmutableSortedDictionary.Create<string, StudyAttributeSet>(StringComparer.Ordinal);

    public void Apply(StudyEvent entry)
    {
        switch (entry)
        {
            case StudyCreated created:
                _created ??= created;
                break;
            case StudyAttributeSet set:
                _attributes = _attributes.SetItem(set.Name, set);
                break;
            case SpaceChanged changed when changed.Version > _changes.Count:
                _changes.Add(changed);
                break;
            case TrialEnqueued enqueued:
                TrialOf(enqueued.Number).Enqueue(enqueued.Fixed);
                break;
            case TrialStarted started:
                TrialOf(started.Number).Start(started, _changes.Count);
                break;
            case TrialProposed proposed:
                TrialOf(proposed.Number).Propose(proposed.Proposed, proposed.Parent, proposed.Reason);
                break;
            case TrialReported reported:
                TrialOf(reported.Number).Add(reported);
                break;
            case TrialReleased released:
                TrialOf(released.Number).Release(released);
                break;
            case TrialEnded ended:
                End(ended);
                break;
            case ArtifactSaved saved:
                TrialOf(saved.Number).Keep(saved);
                break;
            case ArtifactDeleted deleted when !IsNeeded(deleted.Number):
                TrialOf(deleted.Number).Drop(deleted.Name);
                break;
            case TrialRestored restored:
                Restore(restored);
                break;
        }
    }

    /// <summary>The events that stand for all so far. Trials that have ended come in the order in which they did.</summary>
    public IEnumerable<StudyEvent> Snapshot(DateTimeOffset at)
    {
        if (_created is { } created)
        {
            yield return created;
        }

        foreach (var set in _attributes.Values)
        {
            yield return set;
        }

        foreach (var changed in _changes)
        {
            yield return changed;
        }

        foreach (var trial in _ended)
        {
            yield return trial.ToEvent(at);
        }

        foreach (var trial in _trials.Where(trial => !trial.HasEnded))
        {
            yield return trial.ToEvent(at);
        }
    }

    private TrialFold TrialOf(int number)
    {
        while (_trials.Count <= number)
        {
            _trials.Add(new TrialFold(_trials.Count));
            _unfinished.Add(_trials[^1]);
        }

        return _trials[number];
    }

    // Its own work, or that of a trial whose parent it is, may go on from what it has saved.
    private bool IsNeeded(int number) => !TrialOf(number).HasEnded || _unfinished.Any(other => other.Parent == number);

    private void NoteEnd(TrialFold trial)
    {
        _ended.Add(trial);
        _unfinished.Remove(trial);
    }

    private void End(TrialEnded ended)
    {
        var trial = TrialOf(ended.Number);
        if (trial.End(ended))
        {
            NoteEnd(trial);
        }
    }

    private void Restore(TrialRestored restored)
    {
        var trial = TrialOf(restored.Trial.Number);
        var hadEnded = trial.HasEnded;
        trial.Restore(restored);
        if (trial.HasEnded && !hadEnded)
        {
            NoteEnd(trial);
        }
    }
}
