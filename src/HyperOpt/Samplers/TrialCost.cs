using HyperOpt.Trials;

namespace HyperOpt.Samplers;

/// <summary>
/// What a trial costs, for samplers that weigh it: they go for the expected improvement per unit of cost instead of per trial. Immutable.
/// </summary>
/// <remarks>
/// Costs are learnt from the history, as the logarithm of a surface over the space. Sources: Snoek et al. 2012, arXiv:1206.2944; that cost counts less as a
/// budget is used up: Lee et al. 2020, arXiv:2003.10870.
/// </remarks>
public sealed record TrialCost
{
    private TrialCost(bool isReported) => IsReported = isReported;

    /// <summary>How long a trial took, in seconds, as it stands in the study's record. What the record says is learnt from, not a clock; but another run of the same study has other durations, and so other trials.</summary>
    public static TrialCost Duration { get; } = new(false);

    /// <summary>What the objective said (<c>trial.ReportCost</c>): joules, money, epochs. With costs that are the same each time, a study can be repeated.</summary>
    public static TrialCost Reported { get; } = new(true);

    /// <summary>Whether it is what the objective said, not how long the trial took.</summary>
    public bool IsReported { get; }

    /// <summary>
    /// What all trials together are to cost, if that is known: the less of it is left, the less cost counts, so that what is cheap is looked at first and what is good
    /// last. Null, the default: unknown; cost counts in full throughout.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive.</exception>
    public double? Budget
    {
        get;
        init => field = value is null or > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "0 < Budget must hold: it is what all trials together are to cost. Give a positive number, or null.");
    }

    /// <summary>What a trial cost; NaN if that is not known.</summary>
    internal double Of(Observation trial) => IsReported ? trial.Cost : trial.Duration?.TotalSeconds ?? double.NaN;
}
