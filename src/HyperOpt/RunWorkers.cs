using HyperOpt.Engine;

namespace HyperOpt;

/// <summary>The workers of a run. Each begins a trial and evaluates it, again and again; the run is done when none is left.</summary>
/// <param name="keepThreads">Whether each worker has a thread of its own and stays on it to evaluate: the pool is not for work that keeps its thread.</param>
/// <param name="begin">Begins a trial; null when there is nothing more to do.</param>
/// <param name="evaluate">Evaluates it. False: the trial was left behind, and another worker has taken this one's place.</param>
internal sealed class RunWorkers(bool keepThreads, Func<ValueTask<Evaluation?>> begin, Func<Evaluation, ValueTask<bool>> evaluate)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;

    /// <summary>Works on the caller's thread.</summary>
    public void WorkHere()
    {
        _count = 1;
        Work();
    }

    public Task WorkAsync(int workers)
    {
        _count = workers;
        for (var worker = 0; worker < workers; worker++)
        {
            Start();
        }

        return _done.Task;
    }

    public void StartAnother()
    {
        Interlocked.Increment(ref _count);
        Start();
    }

    /// <summary>A worker has ended, or will do nothing more for this run.</summary>
    public void Ended()
    {
        if (Interlocked.Decrement(ref _count) == 0)
        {
            _done.TrySetResult();
        }
    }

    private void Start()
    {
        if (keepThreads)
        {
            _ = Task.Factory.StartNew(Work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        else
        {
            _ = Task.Run(WorkAsync);
        }
    }

    // The two loops are one, for the two kinds of objective: a synchronous one stays on its thread, whatever it waits for.
    private void Work()
    {
        var mine = true;
        while (mine && Blocking.Wait(begin()) is { } evaluation)
        {
            mine = Blocking.Wait(evaluate(evaluation));
        }

        if (mine)
        {
            Ended();
        }
    }

    private async Task WorkAsync()
    {
        var mine = true;
        while (mine && await begin().ConfigureAwait(false) is { } evaluation)
        {
            mine = await evaluate(evaluation).ConfigureAwait(false);
        }

        if (mine)
        {
            Ended();
        }
    }
}
