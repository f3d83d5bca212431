namespace HyperOpt;

/// <summary>How a run went.</summary>
/// <param name="Reason">Why it ended, in words.</param>
/// <param name="Completed">How many of its trials completed.</param>
/// <param name="Pruned">How many were given up early.</param>
/// <param name="Failed">How many failed.</param>
/// <param name="Released">How many were given back because the run ended before them.</param>
/// <param name="Elapsed">How long the run took.</param>
public sealed record RunSummary(string Reason, int Completed, int Pruned, int Failed, int Released, TimeSpan Elapsed)
{
    /// <summary>The study's attribute under which is noted why <see cref="RunOptions.StopWhen"/> last ended a run, and after how many trials.</summary>
    public const string StopAttribute = "stopped";
}
