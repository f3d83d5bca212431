namespace HyperOpt.Tests.Support;

/// <summary>What code allocates on its own thread.</summary>
internal static class Allocation
{
    /// <summary>
    /// The least number of bytes that five runs allocate. The runtime itself allocates on the thread now and then (growing a cache of casts,
    /// a tier of the compiler), which is not the code's doing; what the code allocates, it allocates in every run.
    /// </summary>
    public static long Of(Action action) => Enumerable.Range(0, 5).Min(_ => OfOneRun(action));

    private static long OfOneRun(Action action)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
