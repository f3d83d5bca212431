using System.Collections.Immutable;
using HyperOpt.Spaces;
using HyperOpt.Trials;

namespace HyperOpt;

/// <summary>
/// What population-based training found: the trials through which a trial's checkpoint came about, each one interval of training with hyperparameters
/// of its own. Immutable.
/// </summary>
public sealed record PopulationSchedule
{
    internal PopulationSchedule(ImmutableArray<FrozenTrial> intervals) => Intervals = intervals;

    /// <summary>The trials, from the one that began afresh to the one that was asked about.</summary>
    public ImmutableArray<FrozenTrial> Intervals { get; }

    /// <summary>The trial that was asked about.</summary>
    public FrozenTrial Trial => Intervals[^1];

    /// <summary>The values of a parameter over the intervals.</summary>
    /// <exception cref="KeyNotFoundException">One of the trials did not ask for it.</exception>
    public ImmutableArray<T> Of<T>(Parameter<T> parameter)
        where T : notnull => [.. Intervals.Select(interval => interval.Get(parameter))];

    /// <summary>Writes the intervals as a table, one line each, in their order: number, state, values, parameters, parent and the rest, as <see cref="TrialCsv"/> does.</summary>
    /// <param name="writer">Where to; stays open.</param>
    /// <param name="token">Stops writing.</param>
    public ValueTask WriteCsvAsync(TextWriter writer, CancellationToken token = default) => TrialCsv.WriteAsync(Intervals, writer, token);

    /// <summary>For example <c>trial 3, 19, 40: learning_rate=0.1; learning_rate=0.08; learning_rate=0.01</c>.</summary>
    public override string ToString() =>
        $"trial {string.Join(", ", Intervals.Select(interval => interval.Number))}: {string.Join("; ", Intervals.Select(interval => interval.Parameters))}";
}
