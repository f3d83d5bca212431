using System.Collections.Immutable;
using HyperOpt.Engine;
using HyperOpt.Samplers;
using HyperOpt.Trials;

namespace HyperOpt;

/// <summary>Population-based training without bookkeeping: the user writes how to begin, train, save and load; the study does the rest.</summary>
public static class PopulationExtensions
{
    /// <summary>Trains a population, and returns the trial of the best value.</summary>
    /// <typeparam name="TState">What is trained, such as a network with its optimizer; disposed of after each interval if it can be.</typeparam>
    /// <param name="study">A study with a population sampler.</param>
    /// <param name="create">Makes what a new member trains.</param>
    /// <param name="step">
    /// Trains it for one interval with the hyperparameters of the trial, and returns the value by which members are compared. It asks the trial for them each
    /// time: what was loaded has those of another.
    /// </param>
    /// <param name="save">Writes all that training goes on from.</param>
    /// <param name="load">Reads what <paramref name="save"/> wrote, for a trial that goes on from it.</param>
    /// <param name="trials">How many intervals to train, of all members together: the population times the intervals of each.</param>
    /// <exception cref="InvalidOperationException">
    /// The study's sampler is none for populations; or a trial read nothing of what was to be loaded, or did not ask for its hyperparameters after that.
    /// </exception>
    public static FrozenTrial TrainPopulation<TState>(
        this IStudy study, Func<ITrial, TState> create, Func<TState, ITrial, double> step, Action<TState, Stream> save, Func<ITrial, Stream, TState> load, int trials)
        where TState : notnull =>
        study.TrainPopulation(create, step, save, load, new RunOptions { Trials = trials });

    /// <inheritdoc cref="TrainPopulation{TState}(IStudy, Func{ITrial, TState}, Func{TState, ITrial, double}, Action{TState, Stream}, Func{ITrial, Stream, TState}, int)"/>
    /// <param name="study">A study with a population sampler.</param>
    /// <param name="create">Makes what a new member trains.</param>
    /// <param name="step">Trains it for one interval, and returns its value.</param>
    /// <param name="save">Writes all that training goes on from.</param>
    /// <param name="load">Reads what <paramref name="save"/> wrote.</param>
    /// <param name="options">How the run goes. With <c>Reproducible = false</c> no member waits for another.</param>
    /// <param name="token">Ends the run early, and then throws.</param>
    public static FrozenTrial TrainPopulation<TState>(
        this IStudy study, Func<ITrial, TState> create, Func<TState, ITrial, double> step, Action<TState, Stream> save, Func<ITrial, Stream, TState> load,
        RunOptions options, CancellationToken token = default)
        where TState : notnull
    {
        Check(study, create, step, save, load);
        return study.Optimize((trial, _) => Interval(trial, create, step, save, load), options, token);
    }

    /// <summary>Trains a population by several values, and returns the trials that no other dominates.</summary>
    /// <inheritdoc cref="TrainPopulation{TState}(IStudy, Func{ITrial, TState}, Func{TState, ITrial, double}, Action{TState, Stream}, Func{ITrial, Stream, TState}, int)"/>
    /// <param name="study">A study with a population sampler, and a direction for each value.</param>
    /// <param name="create">Makes what a new member trains.</param>
    /// <param name="step">Trains it for one interval, and returns its values.</param>
    /// <param name="save">Writes all that training goes on from.</param>
    /// <param name="load">Reads what <paramref name="save"/> wrote.</param>
    /// <param name="options">How the run goes. With <c>Reproducible = false</c> no member waits for another.</param>
    /// <param name="token">Ends the run early, and then throws.</param>
    public static ImmutableArray<FrozenTrial> TrainPopulation<TState>(
        this IStudy study, Func<ITrial, TState> create, Func<TState, ITrial, double[]> step, Action<TState, Stream> save, Func<ITrial, Stream, TState> load,
        RunOptions options, CancellationToken token = default)
        where TState : notnull
    {
        Check(study, create, step, save, load);
        return study.Optimize((trial, _) => Interval(trial, create, step, save, load), options, token);
    }

    /// <summary>Trains a population asynchronously, and returns the trial of the best value.</summary>
    /// <inheritdoc cref="TrainPopulation{TState}(IStudy, Func{ITrial, TState}, Func{TState, ITrial, double}, Action{TState, Stream}, Func{ITrial, Stream, TState}, int)"/>
    /// <param name="study">A study with a population sampler.</param>
    /// <param name="create">Makes what a new member trains.</param>
    /// <param name="step">Trains it for one interval, and returns its value.</param>
    /// <param name="save">Writes all that training goes on from.</param>
    /// <param name="load">Reads what <paramref name="save"/> wrote.</param>
    /// <param name="options">How the run goes. With <c>Reproducible = false</c> no member waits for another.</param>
    /// <param name="token">Ends the run early, and then throws.</param>
    public static Task<FrozenTrial> TrainPopulationAsync<TState>(
        this IStudy study, Func<ITrial, TState> create, Func<TState, ITrial, CancellationToken, Task<double>> step,
        Func<TState, Stream, CancellationToken, Task> save, Func<ITrial, Stream, CancellationToken, Task<TState>> load,
        RunOptions options, CancellationToken token = default)
        where TState : notnull
    {
        Check(study, create, step, save, load);
        return study.OptimizeAsync((trial, stop) => IntervalAsync(trial, create, step, save, load, stop), options, token);
    }

    /// <summary>How a trial's checkpoint came about: its ancestors and their hyperparameters, from the one that began afresh to the trial itself.</summary>
    /// <param name="study">The study.</param>
    /// <param name="trial">A trial of it.</param>
    public static PopulationSchedule Schedule(this IStudy study, FrozenTrial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        return study.Schedule(trial.Number);
    }

    /// <inheritdoc cref="Schedule(IStudy, FrozenTrial)"/>
    /// <param name="study">The study.</param>
    /// <param name="number">The number of a trial of it.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such trial.</exception>
    /// <exception cref="InvalidDataException">The study's log was written by something else, and its parents go in a circle.</exception>
    public static PopulationSchedule Schedule(this IStudy study, int number)
    {
        ArgumentNullException.ThrowIfNull(study);
        var trials = study.Trials;
        if (number < 0 || number >= trials.Count)
        {
            throw new ArgumentOutOfRangeException(nameof(number), number, $"A trial has a number from 0 to {trials.Count - 1} in study '{study.Name}'. Take one of Trials.");
        }

        var line = new Stack<FrozenTrial>();
        for (int? at = number; at is { } ancestor; at = trials[ancestor].Parent)
        {
            // A parent ended before its child began. Only a log that something else wrote has a circle.
            if (line.Count == trials.Count || ancestor < 0 || ancestor >= trials.Count)
            {
                throw new InvalidDataException($"A trial descends from one that began afresh, but trial {number} of study '{study.Name}' does not. Its log was not written by this library.");
            }

            line.Push(trials[ancestor]);
        }

        return new PopulationSchedule([.. line]);
    }

    private static void Check(IStudy study, params ReadOnlySpan<object> parts)
    {
        ArgumentNullException.ThrowIfNull(study);
        foreach (var part in parts)
        {
            ArgumentNullException.ThrowIfNull(part, nameof(parts));
        }

        if (study is Study { TrainsPopulation: false })
        {
            throw new InvalidOperationException(
                $"A population is trained by a study whose sampler names parents, but that of study '{study.Name}' does not. Set StudyOptions.Sampler to a {nameof(PopulationBasedSampler)}.");
        }
    }

    private static TValue Interval<TState, TValue>(
        ITrial trial, Func<ITrial, TState> create, Func<TState, ITrial, TValue> step, Action<TState, Stream> save, Func<ITrial, Stream, TState> load)
        where TState : notnull
    {
        TState state;
        using (var checkpoint = trial.OpenCheckpoint())
        {
            state = checkpoint is null ? create(trial) : load(trial, checkpoint);
        }

        try
        {
            var value = step(state, trial);
            using var content = new MemoryStream();
            save(state, content);
            content.Position = 0;
            trial.SaveCheckpoint(content);
            return value;
        }
        finally
        {
            Blocking.Wait(DisposeAsync(state));
        }
    }

    private static async Task<double> IntervalAsync<TState>(
        ITrial trial, Func<ITrial, TState> create, Func<TState, ITrial, CancellationToken, Task<double>> step,
        Func<TState, Stream, CancellationToken, Task> save, Func<ITrial, Stream, CancellationToken, Task<TState>> load, CancellationToken token)
        where TState : notnull
    {
        var state = await BeginAsync(trial, create, load, token).ConfigureAwait(false);
        try
        {
            var value = await step(state, trial, token).ConfigureAwait(false);
            using var content = new MemoryStream();
            await save(state, content, token).ConfigureAwait(false);
            content.Position = 0;
            await trial.SaveCheckpointAsync(content, token).ConfigureAwait(false);
            return value;
        }
        finally
        {
            await DisposeAsync(state).ConfigureAwait(false);
        }
    }

    private static async ValueTask<TState> BeginAsync<TState>(
        ITrial trial, Func<ITrial, TState> create, Func<ITrial, Stream, CancellationToken, Task<TState>> load, CancellationToken token)
    {
        if (await trial.OpenCheckpointAsync(token).ConfigureAwait(false) is not { } checkpoint)
        {
            return create(trial);
        }

        await using (checkpoint.ConfigureAwait(false))
        {
            return await load(trial, checkpoint, token).ConfigureAwait(false);
        }
    }

    private static async ValueTask DisposeAsync(object state)
    {
        if (state is IAsyncDisposable asynchronous)
        {
            await asynchronous.DisposeAsync().ConfigureAwait(false);
        }
        else
        {
            (state as IDisposable)?.Dispose();
        }
    }
}
