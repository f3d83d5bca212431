using HyperOpt.Storage;
using Microsoft.Extensions.Logging;

namespace HyperOpt.Engine;

/// <summary>
/// Says that this worker lives while it has trials under way, and takes trials back from workers that no longer do. A worker is dead when its
/// process is, if that can be seen, or when nothing was heard of it for the length of a lease, by this process's own clock: clocks of different
/// machines are never compared. Safety does not rest on it: the log takes one end of an attempt only.
/// </summary>
internal sealed class LeaseKeeper : IAsyncDisposable
{
    /// <summary>How often the log is looked at, at the least.</summary>
    private static readonly TimeSpan MaxTick = TimeSpan.FromSeconds(1);

    private readonly StudyEngine _engine;
    private readonly TimeSpan _lease;
    private readonly int _maxRetries;
    private readonly ITimer _timer;
    private readonly CancellationTokenSource _closing = new();
    private readonly Turn _turn = new();
    private int _isTicking;

    public LeaseKeeper(StudyEngine engine, TimeSpan lease, int maxRetries)
    {
        _engine = engine;
        _lease = lease;
        _maxRetries = maxRetries;
        var tick = lease / 3 < MaxTick ? lease / 3 : MaxTick;
        _timer = engine.Time.CreateTimer(_ => _ = TickAsync(), null, tick, tick);
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        await _timer.DisposeAsync().ConfigureAwait(false);
        using (await _turn.TakeAsync(CancellationToken.None).ConfigureAwait(false))
        {
            _closing.Dispose();
        }
    }

    private async Task TickAsync()
    {
        // A tick that finds another under way is let go: a storage that hangs must not find a crowd of them when it comes back.
        if (_closing.IsCancellationRequested || Interlocked.Exchange(ref _isTicking, 1) == 1)
        {
            return;
        }

        using (await _turn.TakeAsync(CancellationToken.None).ConfigureAwait(false))
        {
            try
            {
                await RenewAsync(_closing.Token).ConfigureAwait(false);
                await TakeBackAsync(_closing.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (_closing.IsCancellationRequested)
            {
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                // The next tick tries again; a storage that stays away shows where a trial begins or ends.
                Log.LeaseTrouble(_engine.Logger, exception);
            }
            finally
            {
                Volatile.Write(ref _isTicking, 0);
            }
        }
    }

    private async ValueTask RenewAsync(CancellationToken token)
    {
        var isBusy = _engine.Ledger.Read(state => state.Held()).Any(held => held.Worker == _engine.Worker);
        if (isBusy && _engine.Ledger.SinceAppend >= _lease / 3)
        {
            await _engine.Ledger.AppendAsync(new WorkerAlive(_engine.Now, _engine.Worker), token).ConfigureAwait(false);
        }
        else
        {
            await _engine.Ledger.RefreshAsync(token).ConfigureAwait(false);
        }
    }

    private async ValueTask TakeBackAsync(CancellationToken token)
    {
        foreach (var held in _engine.Ledger.Read(state => state.Held()))
        {
            if (held.Worker != _engine.Worker && (WorkerIdentity.IsSurelyDead(held.Worker) || IsSilent(held.Worker)))
            {
                await TakeBackAsync(held, token).ConfigureAwait(false);
            }
        }
    }

    // Silent is who could have been heard: after an absence of the server, or of this process, all have a lease's time to come back.
    private bool IsSilent(string worker) =>
        _engine.Ledger.Hearing > _lease
        && _engine.Time.GetElapsedTime(_engine.Ledger.Read((state, name) => state.LastSeen(name), worker)) > _lease;

    private async ValueTask TakeBackAsync(HeldTrial held, CancellationToken token)
    {
        var reason = $"its worker {held.Worker} died";
        StudyEvent entry = held.Lost < _maxRetries
            ? new TrialReleased(_engine.Now, held.Number, held.Attempt, reason, true)
            : new TrialEnded(_engine.Now, held.Number, held.Attempt, Trials.TrialState.Failed)
            {
                Parameters = held.Proposed ?? Spaces.Configuration.Empty,
                Error = $"A trial is tried again {_maxRetries} times when its worker dies, but {reason} at attempt {held.Attempt + 1} too.",
            };
        if (await _engine.Ledger.AppendAsync(entry, token).ConfigureAwait(false))
        {
            Log.TrialReleased(_engine.Logger, held.Number, reason);
        }
    }
}
