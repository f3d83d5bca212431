using System.Collections.Immutable;
using HyperOpt.Storage;

namespace HyperOpt.Engine;

/// <summary>Keeps the state in step with the log: appends events, applies what came back, wakes who waits for news.</summary>
internal sealed class Ledger(IStudyLog log, StudyState state)
{
    private readonly Lock _lock = new();
    private long _position;
    private TaskCompletionSource? _news;

    /// <summary>Reads the state.</summary>
    public T Read<T>(Func<StudyState, T> read)
    {
        lock (_lock)
        {
            return read(state);
        }
    }

    /// <summary>Reads the state, with an argument so that the function need capture nothing.</summary>
    public T Read<TArgument, T>(Func<StudyState, TArgument, T> read, TArgument argument)
    {
        lock (_lock)
        {
            return read(state, argument);
        }
    }

    /// <summary>A task that ends when the state changes; to be taken before the state is looked at.</summary>
    public Task NewsAsync()
    {
        lock (_lock)
        {
            return (_news ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    public async ValueTask RefreshAsync(CancellationToken token) => Apply(await log.ReadAsync(Position(), token).ConfigureAwait(false));

    /// <summary>Appends an event; false if its claim was taken.</summary>
    public ValueTask<bool> AppendAsync(StudyEvent entry, CancellationToken token)
    {
        var pending = log.AppendAsync([entry], Position(), token);
        return pending.IsCompletedSuccessfully ? new ValueTask<bool>(Apply(pending.GetAwaiter().GetResult())) : ApplyAsync(pending);
    }

    private async ValueTask<bool> ApplyAsync(ValueTask<LogSlice> slice) => Apply(await slice.ConfigureAwait(false));

    private long Position()
    {
        lock (_lock)
        {
            return _position;
        }
    }

    // Slices of concurrent calls overlap; each event is applied once.
    private bool Apply(LogSlice slice)
    {
        TaskCompletionSource? news = null;
        lock (_lock)
        {
            var events = slice.Events.Span;
            for (var i = (int)(_position - slice.After); i < events.Length; i++)
            {
                state.Apply(events[i]);
                _position++;
                (news, _news) = (_news ?? news, null);
            }
        }

        news?.SetResult();
        return slice.IsAccepted;
    }
}
