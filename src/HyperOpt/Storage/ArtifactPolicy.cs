namespace HyperOpt.Storage;

/// <summary>
/// Which trials' artifacts are kept when trials end. Whatever the policy: those of trials that run or wait are kept, and those of their parents,
/// because the work goes on from them.
/// </summary>
public sealed record ArtifactPolicy
{
    private ArtifactPolicy(int? best) => Best = best;

    /// <summary>Nothing is deleted.</summary>
    public static ArtifactPolicy KeepAll { get; } = new((int?)null);

    /// <summary>How many trials keep theirs; null: all.</summary>
    public int? Best { get; }

    /// <summary>How many of the trials that ended last keep theirs besides.</summary>
    public int Newest { get; private init; }

    /// <summary>
    /// The best trials keep theirs: of those that completed, are feasible and have artifacts. With several objectives the trials that no other
    /// dominates are the best, then those that only these dominate, and so on; of equals the first.
    /// For population-based training add <see cref="AndNewest"/>: a trial whose artifacts are gone is no use as a parent.
    /// </summary>
    /// <param name="trials">How many; 0 keeps artifacts only as long as work goes on from them.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public static ArtifactPolicy KeepBest(int trials) => trials >= 0
        ? new ArtifactPolicy(trials)
        : throw new ArgumentOutOfRangeException(nameof(trials), trials, "0 <= trials must hold. Give the number of trials that keep their artifacts.");

    /// <summary>
    /// The same, and the trials that ended last keep theirs too. For population-based training take twice the population: whom a member may go on from is
    /// among those.
    /// </summary>
    /// <param name="trials">How many.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public ArtifactPolicy AndNewest(int trials) => trials >= 0
        ? this with { Newest = trials }
        : throw new ArgumentOutOfRangeException(nameof(trials), trials, "0 <= trials must hold. Give the number of trials that keep their artifacts.");
}
