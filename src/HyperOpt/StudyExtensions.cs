using System.Collections.Immutable;
using HyperOpt.Engine;
using HyperOpt.Spaces;
using HyperOpt.Trials;

namespace HyperOpt;

/// <summary>The everyday ways to use a study; all of them over <see cref="IStudy"/>'s asynchronous core.</summary>
public static class StudyExtensions
{
    /// <summary>Optimizes one value, and returns the best trial. With parallelism 1, no time limits and no token it never leaves the caller's thread.</summary>
    /// <param name="study">The study.</param>
    /// <param name="objective">From a trial to its value.</param>
    /// <param name="trials">How many trials to begin.</param>
    /// <exception cref="InvalidOperationException">No trial completed.</exception>
    public static FrozenTrial Optimize(this IStudy study, Func<ITrial, double> objective, int trials = 100) =>
        study.Optimize(objective, new RunOptions { Trials = trials });

    /// <summary>Optimizes one value, and returns the best trial. With parallelism 1, no time limits and no token it never leaves the caller's thread.</summary>
    /// <param name="study">The study.</param>
    /// <param name="objective">From a trial to its value.</param>
    /// <param name="options">How the run goes.</param>
    /// <param name="token">Ends the run early, and then throws.</param>
    /// <exception cref="InvalidOperationException">No trial completed.</exception>
    public static FrozenTrial Optimize(this IStudy study, Func<ITrial, double> objective, RunOptions options, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        return study.Optimize((trial, _) => objective(trial), options, token);
    }

    /// <inheritdoc cref="Optimize(IStudy, Func{ITrial, double}, RunOptions, CancellationToken)"/>
    public static FrozenTrial Optimize(
        this IStudy study, Func<ITrial, CancellationToken, double> objective, RunOptions? options = null, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(study);
        Blocking.Wait(study.RunAsync(Objective.From(objective), options, token));
        return study.Best;
    }

    /// <summary>Optimizes several values, and returns the trials that no other dominates.</summary>
    /// <param name="study">The study, with a direction for each value.</param>
    /// <param name="objective">From a trial to its values.</param>
    /// <param name="trials">How many trials to begin.</param>
    public static ImmutableArray<FrozenTrial> Optimize(this IStudy study, Func<ITrial, double[]> objective, int trials = 100) =>
        study.Optimize(objective, new RunOptions { Trials = trials });

    /// <summary>Optimizes several values, and returns the trials that no other dominates.</summary>
    /// <param name="study">The study, with a direction for each value.</param>
    /// <param name="objective">From a trial to its values.</param>
    /// <param name="options">How the run goes.</param>
    /// <param name="token">Ends the run early, and then throws.</param>
    public static ImmutableArray<FrozenTrial> Optimize(
        this IStudy study, Func<ITrial, double[]> objective, RunOptions options, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        return study.Optimize((trial, _) => objective(trial), options, token);
    }

    /// <inheritdoc cref="Optimize(IStudy, Func{ITrial, double[]}, RunOptions, CancellationToken)"/>
    public static ImmutableArray<FrozenTrial> Optimize(
        this IStudy study, Func<ITrial, CancellationToken, double[]> objective, RunOptions? options = null, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(study);
        Blocking.Wait(study.RunAsync(Objective.From(objective), options, token));
        return study.ParetoFront;
    }

    /// <summary>Optimizes one value by an asynchronous objective, and returns the best trial.</summary>
    /// <param name="study">The study.</param>
    /// <param name="objective">From a trial to its value; the token is cancelled when the trial should stop.</param>
    /// <param name="trials">How many trials to begin.</param>
    /// <param name="token">Ends the run early, and then throws.</param>
    /// <exception cref="InvalidOperationException">No trial completed.</exception>
    public static Task<FrozenTrial> OptimizeAsync(
        this IStudy study, Func<ITrial, CancellationToken, Task<double>> objective, int trials = 100, CancellationToken token = default) =>
        study.OptimizeAsync(objective, new RunOptions { Trials = trials }, token);

    /// <summary>Optimizes one value by an asynchronous objective, and returns the best trial.</summary>
    /// <param name="study">The study.</param>
    /// <param name="objective">From a trial to its value; the token is cancelled when the trial should stop.</param>
    /// <param name="options">How the run goes.</param>
    /// <param name="token">Ends the run early, and then throws.</param>
    /// <exception cref="InvalidOperationException">No trial completed.</exception>
    public static async Task<FrozenTrial> OptimizeAsync(
        this IStudy study, Func<ITrial, CancellationToken, Task<double>> objective, RunOptions options, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(study);
        await study.RunAsync(Objective.From(objective), options, token).ConfigureAwait(false);
        return study.Best;
    }

    /// <summary>Optimizes several values by an asynchronous objective, and returns the trials that no other dominates.</summary>
    /// <param name="study">The study, with a direction for each value.</param>
    /// <param name="objective">From a trial to its values; the token is cancelled when the trial should stop.</param>
    /// <param name="trials">How many trials to begin.</param>
    /// <param name="token">Ends the run early, and then throws.</param>
    public static Task<ImmutableArray<FrozenTrial>> OptimizeAsync(
        this IStudy study, Func<ITrial, CancellationToken, Task<double[]>> objective, int trials = 100, CancellationToken token = default) =>
        study.OptimizeAsync(objective, new RunOptions { Trials = trials }, token);

    /// <summary>Optimizes several values by an asynchronous objective, and returns the trials that no other dominates.</summary>
    /// <param name="study">The study, with a direction for each value.</param>
    /// <param name="objective">From a trial to its values; the token is cancelled when the trial should stop.</param>
    /// <param name="options">How the run goes.</param>
    /// <param name="token">Ends the run early, and then throws.</param>
    public static async Task<ImmutableArray<FrozenTrial>> OptimizeAsync(
        this IStudy study, Func<ITrial, CancellationToken, Task<double[]>> objective, RunOptions options, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(study);
        await study.RunAsync(Objective.From(objective), options, token).ConfigureAwait(false);
        return study.ParetoFront;
    }

    /// <summary>Begins a trial that the caller will evaluate and tell.</summary>
    /// <exception cref="InvalidOperationException">Nothing is left to try; or Lag is set, and a trial that must have been told has not.</exception>
    public static ITrial Ask(this IStudy study)
    {
        ArgumentNullException.ThrowIfNull(study);
        return Blocking.Wait(study.TryAskAsync()) ?? throw new InvalidOperationException(
            $"There is a trial to ask for until the sampler has nothing left to try, but of study '{study.Name}' all has been tried. Stop here, or use TryAskAsync to see it coming.");
    }

    /// <inheritdoc cref="IStudy.TellAsync"/>
    public static FrozenTrial Tell(this IStudy study, ITrial trial, params ReadOnlySpan<double> values)
    {
        ArgumentNullException.ThrowIfNull(study);
        return Blocking.Wait(study.TellAsync(trial, [.. values]));
    }

    /// <inheritdoc cref="IStudy.TellPrunedAsync"/>
    public static FrozenTrial TellPruned(this IStudy study, ITrial trial, string? reason = null)
    {
        ArgumentNullException.ThrowIfNull(study);
        return Blocking.Wait(study.TellPrunedAsync(trial, reason));
    }

    /// <inheritdoc cref="IStudy.TellFailedAsync"/>
    public static FrozenTrial TellFailed(this IStudy study, ITrial trial, string? error = null)
    {
        ArgumentNullException.ThrowIfNull(study);
        return Blocking.Wait(study.TellFailedAsync(trial, error));
    }

    /// <inheritdoc cref="IStudy.EnqueueAsync"/>
    public static int Enqueue(this IStudy study, params ReadOnlySpan<Assignment> values)
    {
        ArgumentNullException.ThrowIfNull(study);
        return Blocking.Wait(study.EnqueueAsync([.. values]));
    }

    /// <inheritdoc cref="IStudy.EvolveAsync"/>
    public static void Evolve(this IStudy study, params ReadOnlySpan<SpaceChange> changes)
    {
        ArgumentNullException.ThrowIfNull(study);
        Blocking.Wait(study.EvolveAsync([.. changes]));
    }

    /// <inheritdoc cref="IStudy.SetAttributeAsync"/>
    public static void SetAttribute(this IStudy study, string name, AttributeValue value)
    {
        ArgumentNullException.ThrowIfNull(study);
        Blocking.Wait(study.SetAttributeAsync(name, value));
    }
}
