using System.Collections.Immutable;

namespace HyperOpt.Storage;

internal sealed class InMemoryLog : IStudyLog
{
    private readonly Lock _lock = new();
    private readonly HashSet<EventClaim> _claims = [];
    private StudyEvent[] _events = [];
    private int _count;

    public ValueTask<LogSlice> ReadAsync(long after, CancellationToken token)
    {
        lock (_lock)
        {
            return new ValueTask<LogSlice>(Since(after, true));
        }
    }

    public ValueTask<LogSlice> AppendAsync(ImmutableArray<StudyEvent> events, long after, CancellationToken token)
    {
        lock (_lock)
        {
            var free = events.All(entry => entry.Claim is not { } claim || !_claims.Contains(claim));
            if (free)
            {
                foreach (var entry in events)
                {
                    Add(entry);
                }
            }

            return new ValueTask<LogSlice>(Since(after, free));
        }
    }

    private void Add(StudyEvent entry)
    {
        if (entry.Claim is { } claim)
        {
            _claims.Add(claim);
        }

        if (_count == _events.Length)
        {
            Array.Resize(ref _events, Math.Max(16, 2 * _count));
        }

        _events[_count++] = entry;
    }

    private LogSlice Since(long after, bool accepted) => new(accepted, after, _events.AsMemory((int)after, _count - (int)after));
}
