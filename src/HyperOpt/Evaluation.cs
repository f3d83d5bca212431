using HyperOpt.Engine;

namespace HyperOpt;

/// <summary>A trial that a run evaluates: told to stop when its time is up or the run ends, left behind if it does not.</summary>
internal sealed class Evaluation(LiveTrial trial, TimeProvider time, TimeSpan grace, Action<Evaluation> leaveBehind) : IDisposable
{
    private readonly Lock _lock = new();
    private ITimer? _limit;
    private ITimer? _grace;
    private bool _isDisposed;

    public LiveTrial Trial => trial;

    /// <summary>Whether it was told to stop because of its own time limit.</summary>
    public bool IsTimeUp { get; private set; }

    public void StopAfter(TimeSpan limit) => _limit = time.CreateTimer(
        static evaluation => ((Evaluation)evaluation!).Stop(isTimeUp: true), this, limit, Timeout.InfiniteTimeSpan);

    public void Stop(bool isTimeUp)
    {
        lock (_lock)
        {
            if (_grace is not null || _isDisposed)
            {
                return;
            }

            IsTimeUp = isTimeUp;
            _grace = time.CreateTimer(_ => leaveBehind(this), null, grace, Timeout.InfiniteTimeSpan);
        }

        trial.Stop();
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            _limit?.Dispose();
            _grace?.Dispose();
        }
    }
}
