using System.Collections.Immutable;
using HyperOpt.Trials;

namespace HyperOpt;

/// <summary>What a stop rule may look at before a trial begins: in a reproducible run only what that trial may know.</summary>
/// <param name="Started">How many trials this run has begun.</param>
/// <param name="Elapsed">The time since the run began.</param>
/// <param name="Ended">How many ended trials of the study are known.</param>
/// <param name="Best">The best of them, with one objective.</param>
/// <param name="SinceBest">How many of them came after the best; all, if there is none.</param>
/// <param name="Directions">Which values are better.</param>
public sealed record RunStatus(
    int Started, TimeSpan Elapsed, int Ended, FrozenTrial? Best, int SinceBest, ImmutableArray<Direction> Directions)
{
    private readonly Lazy<bool> _isExhausted = new(false);

    private readonly Lazy<TrialHistory?> _history = new((TrialHistory?)null);

    internal RunStatus(RunStatus original, Func<bool> isExhausted, Func<TrialHistory?> history)
        : this(original)
    {
        _isExhausted = new Lazy<bool>(isExhausted);
        _history = new Lazy<TrialHistory?>(history);
    }

    /// <summary>How many reports the known ended trials have made: the compute that was spent, where a report is a step of training.</summary>
    public long Reports { get; init; }

    /// <summary>Whether every configuration of a finite space has been tried.</summary>
    public bool IsSpaceExhausted => _isExhausted.Value;

    /// <summary>What the next trial may know; null of a status made by hand.</summary>
    public TrialHistory? History => _history.Value;
}
