using System.Collections.Immutable;
using HyperOpt.Spaces;
using HyperOpt.Storage;

namespace HyperOpt.Engine;

/// <summary>Keeps the state in step with the log: appends events, applies what came back, wakes who waits for news.</summary>
internal sealed class Ledger(IStudyLog log, StudyState state, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Turn _turn = new(); // calls to the log do not overlap
    private ImmutableArray<StudyEvent> _outbox = [];
    private TaskCompletionSource? _news;
    private long _lastAppend;
    private long _lastAnswer;
    private long _heardSince;

    /// <summary>After how long without an answer of the log nothing can be said of who was silent meanwhile: perhaps nobody could be heard.</summary>
    public required TimeSpan MaxGap { get; init; }

    /// <summary>For how long the log has been answering without such a gap.</summary>
    public TimeSpan Hearing => time.GetElapsedTime(Volatile.Read(ref _heardSince));

    /// <summary>Whether the log is outside the process, so that workers of other processes may write to it too.</summary>
    public bool IsRemote => log.IsRemote;

    /// <summary>The time since this process last appended something.</summary>
    public TimeSpan SinceAppend => time.GetElapsedTime(Volatile.Read(ref _lastAppend));

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

    /// <summary>Waits for the state to change by this process or, as far as the log tells, by another; for some time at the most.</summary>
    /// <param name="news">Taken by <see cref="NewsAsync"/> before the state was looked at.</param>
    /// <param name="atMost">How long.</param>
    /// <param name="token">Stops waiting.</param>
    public async ValueTask WaitAsync(Task news, TimeSpan atMost, CancellationToken token)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(token);
        var remote = log.WaitAsync(atMost, done.Token).AsTask();
        await Task.WhenAny(news, remote).ConfigureAwait(false);
        await done.CancelAsync().ConfigureAwait(false);
        await remote.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        token.ThrowIfCancellationRequested();
        if (!news.IsCompleted)
        {
            await RefreshAsync(token).ConfigureAwait(false);
        }
    }

    /// <summary>Learns what others have appended.</summary>
    public async ValueTask RefreshAsync(CancellationToken token)
    {
        using (await _turn.TakeAsync(token).ConfigureAwait(false))
        {
            Apply((await log.ReadAsync(token).ConfigureAwait(false)).Events);
        }
    }

    /// <summary>Appends an event, after those that were kept back; false if its claim was taken.</summary>
    public async ValueTask<bool> AppendAsync(StudyEvent entry, CancellationToken token) =>
        await AppendFirstAsync([entry], token).ConfigureAwait(false) is not null;

    /// <summary>Appends, after those that were kept back, the first of some events whose claim is free, and tells which; null if all were taken.</summary>
    public async ValueTask<StudyEvent?> AppendFirstAsync(ImmutableArray<StudyEvent> oneOf, CancellationToken token)
    {
        using (await _turn.TakeAsync(token).ConfigureAwait(false))
        {
            var kept = TakeOutbox();
            try
            {
                var slice = oneOf.Length == 1
                    ? await log.AppendAsync(kept.Add(oneOf[0]), token).ConfigureAwait(false)
                    : await log.AppendFirstAsync(kept, oneOf, token).ConfigureAwait(false);
                Volatile.Write(ref _lastAppend, time.GetTimestamp());
                Apply(slice.Events);
                var appended = FirstAmong(slice.Events.Span, oneOf);
                kept = slice.IsAccepted || appended is not null ? [] : kept;
                return appended;
            }
            finally
            {
                KeepBack(kept);
            }
        }
    }

    /// <summary>Appends an event that nobody waits for: at once where that is cheap, with the next one otherwise.</summary>
    public void Post(StudyEvent entry)
    {
        if (log.IsRemote)
        {
            lock (_lock)
            {
                _outbox = _outbox.Add(entry);
            }
        }
        else
        {
            Blocking.Wait(AppendAsync(entry, CancellationToken.None));
        }
    }

    /// <summary>Closes the log.</summary>
    public ValueTask CloseAsync() => log.DisposeAsync();

    private static StudyEvent? FirstAmong(ReadOnlySpan<StudyEvent> events, ImmutableArray<StudyEvent> oneOf)
    {
        foreach (var entry in oneOf)
        {
            if (IsAmong(events, entry))
            {
                return entry;
            }
        }

        return null;
    }

    // Two workers can set down trials of one number at the same instant: what these are to be tells them apart.
    private static bool AreSame(Configuration? one, Configuration? other) => one is null || other is null ? one == other : one.SequenceEqual(other);

    // An answer may be lost after the log took the events: the next attempt is then refused by its own first one.
    private static bool IsAmong(ReadOnlySpan<StudyEvent> events, StudyEvent entry)
    {
        foreach (var other in events)
        {
            if (ReferenceEquals(other, entry)
                || (other.At == entry.At && other.GetType() == entry.GetType() && other.Claims.AsSpan().SequenceEqual(entry.Claims.AsSpan())
                    && (other as TrialStarted)?.Worker == (entry as TrialStarted)?.Worker && AreSame((other as TrialEnqueued)?.Fixed, (entry as TrialEnqueued)?.Fixed)))
            {
                return true;
            }
        }

        return false;
    }

    private ImmutableArray<StudyEvent> TakeOutbox()
    {
        lock (_lock)
        {
            var taken = _outbox;
            _outbox = [];
            return taken;
        }
    }

    private void KeepBack(ImmutableArray<StudyEvent> entries)
    {
        if (!entries.IsEmpty)
        {
            lock (_lock)
            {
                _outbox = entries.AddRange(_outbox);
            }
        }
    }

    /// <summary>Takes in what the log said.</summary>
    public void Apply(ReadOnlyMemory<StudyEvent> events)
    {
        TaskCompletionSource? news;
        var now = time.GetTimestamp();
        lock (_lock)
        {
            if (time.GetElapsedTime(_lastAnswer, now) > MaxGap)
            {
                Volatile.Write(ref _heardSince, now);
            }

            _lastAnswer = now;
            foreach (var entry in events.Span)
            {
                state.Apply(entry, now);
            }

            news = events.IsEmpty ? null : _news;
            _news = news is null ? _news : null;
        }

        news?.SetResult();
    }
}
