using System.Collections.Immutable;

namespace HyperOpt.Storage;

internal sealed class InMemoryLog(string study, InMemoryEvents events, bool isReadOnly) : IStudyLog
{
    private int _place;

    public bool IsRemote => false;

    public ValueTask<LogSlice> ReadAsync(CancellationToken token) => new(Advance(true));

    public ValueTask<LogSlice> AppendAsync(ImmutableArray<StudyEvent> entries, CancellationToken token)
    {
        if (isReadOnly)
        {
            throw StudyName.ReadOnly(study);
        }

        return new ValueTask<LogSlice>(Advance(events.TryAppend(entries) ?? throw new StudyDeletedException(study)));
    }

    public async ValueTask WaitAsync(TimeSpan atMost, CancellationToken token)
    {
        try
        {
            await events.NewsAfter(_place).WaitAsync(atMost, token).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // No news in that time.
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private LogSlice Advance(bool accepted)
    {
        var since = events.Since(_place) ?? throw new StudyDeletedException(study);
        _place += since.Length;
        return new LogSlice(accepted, since);
    }
}
