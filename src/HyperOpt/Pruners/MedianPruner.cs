using HyperOpt.Trials;

namespace HyperOpt.Pruners;

/// <summary>
/// Gives up a trial whose best loss so far is worse than the median of what the completed trials reported at the same step:
/// a <see cref="PercentilePruner"/> of 50, which says the rest.
/// </summary>
/// <remarks>
/// Source: Golovin et al. 2017, 10.1145/3097983.3098043 (there with running averages); Akiba et al. 2019, 10.1145/3292500.3330701.
/// </remarks>
public sealed record MedianPruner : IPruner
{
    private readonly PercentilePruner _rule = new() { Percentile = 50 };

    /// <inheritdoc cref="PercentilePruner.StartupTrials"/>
    public int StartupTrials { get => _rule.StartupTrials; init => _rule = _rule with { StartupTrials = value }; }

    /// <inheritdoc cref="PercentilePruner.WarmupSteps"/>
    public int WarmupSteps { get => _rule.WarmupSteps; init => _rule = _rule with { WarmupSteps = value }; }

    /// <inheritdoc cref="PercentilePruner.IntervalSteps"/>
    public int IntervalSteps { get => _rule.IntervalSteps; init => _rule = _rule with { IntervalSteps = value }; }

    /// <inheritdoc cref="PercentilePruner.MinTrials"/>
    public int MinTrials { get => _rule.MinTrials; init => _rule = _rule with { MinTrials = value }; }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The study has several objectives.</exception>
    public PruningDecision? Judge(Observation trial, TrialHistory history) => _rule.Judge(trial, history, nameof(MedianPruner));
}
