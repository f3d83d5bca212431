namespace HyperOpt.Pruners;

/// <summary>Where rungs are.</summary>
internal static class Rungs
{
    /// <summary>r·η^k; beyond any step rather than wrapped.</summary>
    public static long At(int first, int factor, int rung)
    {
        long at = first;
        for (var i = 0; i < rung && at <= int.MaxValue; i++)
        {
            at *= factor;
        }

        return at;
    }
}
