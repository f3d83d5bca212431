using System.Collections.Immutable;
using HyperOpt.Trials;

namespace HyperOpt;

/// <summary>
/// What is to be optimized: a function from a trial to one value or several, synchronous or not. The token is cancelled when the trial
/// is pruned, when its time is up, and when its run ends; an <see cref="OperationCanceledException"/> then means that the trial was pruned,
/// failed for its time, or is given back to be tried again. Whoever returns values all the same is taken at her word.
/// </summary>
public sealed class Objective
{
    private readonly Func<ITrial, CancellationToken, ValueTask<ImmutableArray<double>>> _evaluate;

    private Objective(bool isSynchronous, Func<ITrial, CancellationToken, ValueTask<ImmutableArray<double>>> evaluate)
    {
        IsSynchronous = isSynchronous;
        _evaluate = evaluate;
    }

    /// <summary>Whether it keeps its thread until it is done.</summary>
    public bool IsSynchronous { get; }

    /// <summary>One value, synchronously.</summary>
    public static Objective From(Func<ITrial, CancellationToken, double> objective)
    {
        ArgumentNullException.ThrowIfNull(objective);
        return new Objective(true, (trial, token) => new ValueTask<ImmutableArray<double>>([objective(trial, token)]));
    }

    /// <summary>Several values, synchronously.</summary>
    public static Objective From(Func<ITrial, CancellationToken, double[]> objective)
    {
        ArgumentNullException.ThrowIfNull(objective);
        return new Objective(true, (trial, token) => new ValueTask<ImmutableArray<double>>([.. objective(trial, token)]));
    }

    /// <summary>One value, asynchronously.</summary>
    public static Objective From(Func<ITrial, CancellationToken, Task<double>> objective)
    {
        ArgumentNullException.ThrowIfNull(objective);
        return new Objective(false, async (trial, token) => [await objective(trial, token).ConfigureAwait(false)]);
    }

    /// <summary>Several values, asynchronously.</summary>
    public static Objective From(Func<ITrial, CancellationToken, Task<double[]>> objective)
    {
        ArgumentNullException.ThrowIfNull(objective);
        return new Objective(false, async (trial, token) => [.. await objective(trial, token).ConfigureAwait(false)]);
    }

    /// <summary>Evaluates a trial: one value for each objective.</summary>
    public ValueTask<ImmutableArray<double>> EvaluateAsync(ITrial trial, CancellationToken token) => _evaluate(trial, token);
}
