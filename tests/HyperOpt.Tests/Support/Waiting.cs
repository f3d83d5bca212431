namespace HyperOpt.Tests.Support;

/// <summary>Waits that end, so that a hang is a failed test. Nothing is decided by how long they take.</summary>
internal static class Waiting
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static Task Within(this Task task) => task.WaitAsync(Limit);

    public static Task<T> Within<T>(this Task<T> task) => task.WaitAsync(Limit);

    public static void Await(this Task task) => task.WaitAsync(Limit).GetAwaiter().GetResult();

    public static void Meet(this Barrier barrier)
    {
        if (!barrier.SignalAndWait(Limit))
        {
            throw new TimeoutException("Not all came to the barrier.");
        }
    }

    /// <summary>Ends when the token is cancelled.</summary>
    public static Task Cancelled(this CancellationToken token)
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        token.Register(cancelled.SetResult);
        return cancelled.Task;
    }
}
