using System.Collections.Immutable;
using HyperOpt.Spaces;
using HyperOpt.Trials;

namespace HyperOpt;

/// <summary>A search for the best configuration: all its trials, and how to make more. Safe for concurrent use.</summary>
public interface IStudy
{
    /// <summary>Its name in the storage.</summary>
    string Name { get; }

    /// <summary>Which values are better, one for each objective.</summary>
    ImmutableArray<Direction> Directions { get; }

    /// <summary>The parameters that were declared, and those that ended trials asked for.</summary>
    SearchSpace Space { get; }

    /// <summary>All trials so far, by number. Made in constant time; a trial under way is shown as it stands when it is read, its attributes and constraints once it has ended.</summary>
    IReadOnlyList<FrozenTrial> Trials { get; }

    /// <summary>The completed feasible trial of the best value; the one of the lowest number of equals. For one objective.</summary>
    /// <exception cref="InvalidOperationException">There is none, or there are several objectives.</exception>
    FrozenTrial Best { get; }

    /// <summary>The completed feasible trials that no other such trial dominates, by number.</summary>
    ImmutableArray<FrozenTrial> ParetoFront { get; }

    /// <summary>What was noted with the study.</summary>
    ImmutableSortedDictionary<string, AttributeValue> Attributes { get; }

    /// <summary>Begins a trial that the caller will evaluate and tell; null when nothing is left to try.</summary>
    /// <remarks>
    /// With <see cref="StudyOptions.Lag"/> set, trial n learns from the results of the trials up to n - Lag, which must have been told.
    /// Otherwise it learns from all that has been told.
    /// </remarks>
    /// <param name="token">Stops waiting for the storage.</param>
    /// <exception cref="InvalidOperationException">Lag is set, and a trial that must have been told has not; or no configuration is feasible.</exception>
    ValueTask<ITrial?> TryAskAsync(CancellationToken token = default);

    /// <summary>Ends a trial with its values. <see cref="ITrial.ShouldPrune"/> was seen to be true: it was pruned. Otherwise one of them NaN: it failed.</summary>
    /// <param name="trial">A trial of this study.</param>
    /// <param name="values">One for each objective.</param>
    /// <returns>The trial as it ended.</returns>
    /// <exception cref="ArgumentException">The number of values is not that of the objectives; the trial goes on.</exception>
    /// <exception cref="InvalidOperationException">The trial has ended.</exception>
    ValueTask<FrozenTrial> TellAsync(ITrial trial, params ImmutableArray<double> values);

    /// <summary>Ends a trial as <see cref="TrialState.Pruned"/>; its values are those of its last report.</summary>
    /// <param name="trial">A trial of this study.</param>
    /// <param name="reason">Why.</param>
    /// <returns>The trial as it ended.</returns>
    /// <exception cref="InvalidOperationException">The trial has ended.</exception>
    ValueTask<FrozenTrial> TellPrunedAsync(ITrial trial, string? reason = null);

    /// <summary>Ends a trial as <see cref="TrialState.Failed"/>, without values.</summary>
    /// <param name="trial">A trial of this study.</param>
    /// <param name="error">Why.</param>
    /// <returns>The trial as it ended.</returns>
    /// <exception cref="InvalidOperationException">The trial has ended.</exception>
    ValueTask<FrozenTrial> TellFailedAsync(ITrial trial, string? error = null);

    /// <summary>Sets down a trial with some values, to be tried next; the sampler adds the other parameters.</summary>
    /// <param name="values">What it must have: <c>rate.Is(0.01), layers.Is(3)</c>.</param>
    /// <returns>The trial's number.</returns>
    /// <exception cref="ArgumentException">
    /// A parameter stands twice, has a value outside its declared domain, is inactive with the others or lacks a parent that would say so,
    /// or no configuration with these values breaks no hard constraint.
    /// </exception>
    ValueTask<int> EnqueueAsync(params ImmutableArray<Assignment> values);

    /// <summary>
    /// Changes the space of a study that has trials. Trials whose values have a place in the new space are learnt from on; the others stay in the record
    /// (<see cref="FrozenTrial.FitsSpace"/>). The change stands in the study's log: whoever opens the study opens it with the new space, and trials that begin from now on are
    /// of the new space; those under way end as they began and are carried over. Other processes that work on the study begin no trials until they have opened it again.
    /// Changes that are in force already are passed over.
    /// </summary>
    /// <remarks>A program that is changed and started again rather says so when it opens the study: <see cref="StudyOptions.Evolution"/>.</remarks>
    /// <param name="changes">In their order.</param>
    /// <param name="token">Stops waiting for the storage.</param>
    /// <exception cref="ArgumentException">A change names a parameter that the study does not have, or a name that is taken, or drops one on which another depends.</exception>
    /// <exception cref="InvalidOperationException">The space has hard constraints, and a parameter is to be renamed or dropped.</exception>
    ValueTask EvolveAsync(ImmutableArray<SpaceChange> changes, CancellationToken token = default);

    /// <summary>Notes something with the study. The last value of a name stands.</summary>
    ValueTask SetAttributeAsync(string name, AttributeValue value);

    /// <summary>
    /// Learns what others have done: other processes, and other objects that opened the same study. Trials that begin and end here do so anyway; who only
    /// looks at a study asks for it.
    /// </summary>
    /// <param name="token">Stops waiting for the storage.</param>
    ValueTask RefreshAsync(CancellationToken token = default);

    /// <summary>Opens a stream that a trial saved. The caller disposes of it.</summary>
    /// <remarks>Length and hash are verified while it is read, before its last bytes are handed out.</remarks>
    /// <param name="trial">The trial's number.</param>
    /// <param name="name">The artifact's name, one of <see cref="FrozenTrial.Artifacts"/>.</param>
    /// <param name="token">Stops waiting.</param>
    /// <exception cref="KeyNotFoundException">There is no such trial, or it has no artifact of that name.</exception>
    /// <exception cref="FileNotFoundException">The artifact is missing in the store.</exception>
    /// <exception cref="InvalidDataException">While opening or reading: the content is not what was saved.</exception>
    ValueTask<Stream> OpenArtifactAsync(int trial, string name, CancellationToken token = default);

    /// <summary>Runs trials until the run is to end.</summary>
    /// <param name="objective">What to optimize.</param>
    /// <param name="options">How; default 100 trials, one after the other.</param>
    /// <param name="token">Ends the run early, like <see cref="RunOptions.Timeout"/>, and then throws.</param>
    /// <exception cref="ArgumentException">The run is to be reproducible, and its parallelism is above <see cref="StudyOptions.Lag"/>.</exception>
    /// <exception cref="InvalidOperationException">The run is to be reproducible, and would wait for a trial that was asked for and has not been told.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled. The study holds all that was computed.</exception>
    /// <exception cref="Exception">The objective threw it, and <see cref="RunOptions.Tolerate"/> did not tolerate it.</exception>
    ValueTask<RunSummary> RunAsync(Objective objective, RunOptions? options = null, CancellationToken token = default);
}
