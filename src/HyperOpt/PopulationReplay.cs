using System.Collections.Immutable;
using HyperOpt.Engine;
using HyperOpt.Trials;

namespace HyperOpt;

/// <summary>
/// A schedule that population-based training found, trained once more from the beginning without checkpoints. If training is deterministic, and a
/// checkpoint holds all that it goes on from, the values are those of the study; otherwise they say how far they are due to the schedule. Whether the training uses its hyperparameters
/// at all, <see cref="PopulationProbe"/> tells. Immutable.
/// </summary>
public sealed record PopulationReplay
{
    private PopulationReplay(PopulationSchedule schedule, ImmutableArray<double> values)
    {
        Schedule = schedule;
        Values = values;
    }

    /// <summary>What was replayed.</summary>
    public PopulationSchedule Schedule { get; }

    /// <summary>The value after each interval, in this replay. The study's are those of <see cref="PopulationSchedule.Intervals"/>.</summary>
    public ImmutableArray<double> Values { get; }

    /// <summary>The largest difference to a value of the study; 0 if all are the same, bit for bit.</summary>
    public double LargestDifference => Values.Zip(Schedule.Intervals, (value, interval) => value.Equals(interval.Value) ? 0 : Math.Abs(value - interval.Value)).Max();

    /// <summary>Whether all values are those of the study, bit for bit.</summary>
    public bool IsExact => LargestDifference == 0;

    /// <summary>Trains a schedule from the beginning.</summary>
    /// <typeparam name="TState">What is trained.</typeparam>
    /// <param name="schedule">What to train with.</param>
    /// <param name="create">As in the study; is given a trial that answers with what the first trial of the schedule had.</param>
    /// <param name="step">As in the study.</param>
    /// <exception cref="InvalidOperationException">A parameter is asked for that the trial of the study did not ask for.</exception>
    public static PopulationReplay Run<TState>(PopulationSchedule schedule, Func<ITrial, TState> create, Func<TState, ITrial, double> step)
        where TState : notnull
    {
        ArgumentNullException.ThrowIfNull(step);
        return Blocking.Wait(new ValueTask<PopulationReplay>(RunAsync(schedule, create, (state, trial, _) => Task.FromResult(step(state, trial)))));
    }

    /// <inheritdoc cref="Run"/>
    /// <param name="schedule">What to train with.</param>
    /// <param name="create">As in the study; is given a trial that answers with what the first trial of the schedule had.</param>
    /// <param name="step">As in the study.</param>
    /// <param name="token">Ends it early, and then throws.</param>
    public static async Task<PopulationReplay> RunAsync<TState>(
        PopulationSchedule schedule, Func<ITrial, TState> create, Func<TState, ITrial, CancellationToken, Task<double>> step, CancellationToken token = default)
        where TState : notnull
    {
        ArgumentNullException.ThrowIfNull(schedule);
        ArgumentNullException.ThrowIfNull(create);
        ArgumentNullException.ThrowIfNull(step);
        var intervals = schedule.Intervals;
        var values = ImmutableArray.CreateBuilder<double>(intervals.Length);
        var state = create(new RepeatedTrial(intervals[0], null));
        for (var at = 0; at < intervals.Length; at++)
        {
            token.ThrowIfCancellationRequested();
            values.Add(await step(state, new RepeatedTrial(intervals[at], at == 0 ? null : intervals[at - 1]), token).ConfigureAwait(false));
        }

        return new PopulationReplay(schedule, values.MoveToImmutable());
    }
}
