using System.Collections.Immutable;

namespace HyperOpt.Storage;

/// <summary>The events of one study in memory, shared by all who opened it.</summary>
internal sealed class InMemoryEvents
{
    private readonly Lock _lock = new();
    private readonly ClaimSet _claims = new();
    private StudyEvent[] _events = [];
    private int _count;
    private bool _isDeleted;
    private TaskCompletionSource? _news;

    /// <summary>The events after a place, and whether the study still exists.</summary>
    public ReadOnlyMemory<StudyEvent>? Since(int place)
    {
        lock (_lock)
        {
            return _isDeleted ? default(ReadOnlyMemory<StudyEvent>?) : _events.AsMemory(place, _count - place);
        }
    }

    public bool? TryAppend(ImmutableArray<StudyEvent> events)
    {
        TaskCompletionSource? news;
        lock (_lock)
        {
            if (_isDeleted)
            {
                return null;
            }

            if (!_claims.Allows(events))
            {
                return false;
            }

            foreach (var entry in events)
            {
                Add(entry);
            }

            (news, _news) = (_news, null);
        }

        news?.SetResult();
        return true;
    }

    public void Delete()
    {
        TaskCompletionSource? news;
        lock (_lock)
        {
            _isDeleted = true;
            (news, _news) = (_news, null);
        }

        news?.SetResult();
    }

    /// <summary>Ends when there are events after a place.</summary>
    public Task NewsAfter(int place)
    {
        lock (_lock)
        {
            return _isDeleted || _count > place
                ? Task.CompletedTask
                : (_news ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    private void Add(StudyEvent entry)
    {
        _claims.Note(entry);
        if (_count == _events.Length)
        {
            Array.Resize(ref _events, Math.Max(16, 2 * _count));
        }

        _events[_count++] = entry;
    }
}
