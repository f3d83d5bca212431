using System.Diagnostics.CodeAnalysis;

namespace HyperOpt.Engine;

/// <summary>A lock that can be awaited: the holder disposes what <see cref="TakeAsync"/> gave it.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore whose wait handle is never asked for holds nothing to dispose of.")]
internal sealed class Turn
{
    private readonly SemaphoreSlim _free = new(1, 1);

    public ValueTask<Held> TakeAsync(CancellationToken token)
    {
        var waiting = _free.WaitAsync(token);
        return waiting.IsCompletedSuccessfully ? new ValueTask<Held>(new Held(_free)) : AfterAsync(waiting);
    }

    private async ValueTask<Held> AfterAsync(Task waiting)
    {
        await waiting.ConfigureAwait(false);
        return new Held(_free);
    }

    public readonly struct Held(SemaphoreSlim free) : IDisposable
    {
        public void Dispose() => free.Release();
    }
}
