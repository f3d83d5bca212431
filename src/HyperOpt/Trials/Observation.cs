using System.Collections.Immutable;

namespace HyperOpt.Trials;

/// <summary>A trial as algorithms see it: coordinates in [0,1], losses of which less is better. Immutable.</summary>
public sealed record Observation
{
    /// <summary>The trial's number.</summary>
    public required int Number { get; init; }

    /// <summary>Completed, Pruned or Failed; Running while it is pending.</summary>
    public required TrialState State { get; init; }

    /// <summary>A coordinate for each axis of the space; NaN where the parameter was inactive, not asked for, or had a value that no longer fits.</summary>
    public required ImmutableArray<double> Point { get; init; }

    /// <summary>
    /// One loss for each objective, never NaN, perhaps infinite. Completed: the result. Pruned: the loss where it was stopped, empty if it has none.
    /// Empty otherwise.
    /// </summary>
    public ImmutableArray<double> Losses { get; init; } = [];

    /// <summary>How far each constraint is violated; at most 0 where it holds. Empty if none was set.</summary>
    public ImmutableArray<double> Violations { get; init; } = [];

    /// <summary>What it reported.</summary>
    public LearningCurve Curve { get; init; } = LearningCurve.Empty;

    /// <summary>The trial whose checkpoint it went on from, if any.</summary>
    public int? Parent { get; init; }

    /// <summary>How long it took, as it stands in the record; null if that is not known.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>What it cost, by its own report (<see cref="FrozenTrial.Cost"/>); NaN if it reported nothing.</summary>
    public double Cost { get; init; } = double.NaN;

    /// <summary>
    /// Whether the study's space was changed so that the trial has no place in it. Nothing is to be learnt from it: it has no coordinates, no losses and
    /// no curve, and counts as Failed by no fault of its own.
    /// </summary>
    public bool IsOutside { get; init; }

    /// <summary>Whether every constraint holds.</summary>
    public bool IsFeasible => Feasibility.Holds(Violations.AsSpan());
}
