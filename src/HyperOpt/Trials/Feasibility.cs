namespace HyperOpt.Trials;

/// <summary>The one law of constraints: a violation of at most 0 is none. NaN is a violation.</summary>
internal static class Feasibility
{
    public static bool Holds(ReadOnlySpan<double> violations)
    {
        foreach (var violation in violations)
        {
            if (!(violation <= 0))
            {
                return false;
            }
        }

        return true;
    }
}
