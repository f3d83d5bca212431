using HyperOpt.Spaces;

namespace HyperOpt.Trials;

/// <summary>
/// A trial under way: gives an objective its parameters and takes its reports.
/// Belongs to one evaluation; not to be used by several threads at once.
/// </summary>
public interface ITrial
{
    /// <summary>Its number in the study, counted from 0.</summary>
    int Number { get; }

    /// <summary>The trial whose checkpoint to go on from; null unless the sampler named one.</summary>
    FrozenTrial? Parent { get; }

    /// <summary>
    /// Whether the pruner has given the trial up: stop, and return what there is. Once true it stays true.
    /// A trial that was told so ends as <see cref="TrialState.Pruned"/>, whatever it returns, even NaN.
    /// </summary>
    bool ShouldPrune { get; }

    /// <summary>
    /// The value of a parameter in this trial, the same each time. A parameter that the space does not hold yet joins it, after the parents
    /// of its conditions.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// The parameter is inactive in this trial, was asked for with another domain before, or the trial has ended.
    /// </exception>
    T Suggest<T>(Parameter<T> parameter)
        where T : notnull;

    /// <summary>Whether the parameter is active in this trial, given the values of its parents.</summary>
    bool IsActive(Parameter parameter);

    /// <summary>Reports an intermediate result, for the pruner and the record. Only the first report of a step counts.</summary>
    /// <param name="step">When: an epoch, a fold, a number of samples. At least 0.</param>
    /// <param name="values">One value for each objective, in the user's direction. NaN is kept, and counts as worst.</param>
    /// <exception cref="ArgumentException">The step is negative, or the number of values is not that of the objectives.</exception>
    /// <exception cref="InvalidOperationException">The trial has ended.</exception>
    void Report(int step, params ReadOnlySpan<double> values);

    /// <summary>Notes something with the trial. The last value of a name stands.</summary>
    /// <exception cref="InvalidOperationException">The trial has ended.</exception>
    void SetAttribute(string name, AttributeValue value);

    /// <summary>Says how far each constraint is violated: at most 0 where it holds. A trial is feasible if all hold. The last call stands.</summary>
    /// <exception cref="ArgumentException">A violation is NaN.</exception>
    /// <exception cref="InvalidOperationException">The trial has ended.</exception>
    void SetConstraints(params ReadOnlySpan<double> violations);

    /// <summary>Keeps a stream with the trial, in place of the one of that name: as a whole, or not at all. Its length and SHA-256 are kept with it.</summary>
    /// <param name="name">Any text of up to 200 characters. <see cref="Artifact.Checkpoint"/> is the checkpoint's.</param>
    /// <param name="content">Read from where it stands to its end; stays open.</param>
    /// <param name="token">Stops writing; nothing is kept then.</param>
    /// <exception cref="InvalidOperationException">
    /// The trial has ended or was taken away from this worker, and nothing was kept; or the study has no artifact store.
    /// </exception>
    /// <exception cref="IOException">The store has no room, or cannot be written to.</exception>
    ValueTask SaveArtifactAsync(string name, Stream content, CancellationToken token = default);

    /// <summary>
    /// Keeps what the evaluation needs to go on from here: if its worker dies, for the next attempt; in population-based training for the trials whose
    /// parent this one is. Only the newest is kept, as the artifact <see cref="Artifact.Checkpoint"/>.
    /// </summary>
    /// <param name="content">Read from where it stands to its end; stays open.</param>
    /// <param name="token">Stops writing; the checkpoint before is kept then.</param>
    /// <exception cref="InvalidOperationException">As of <see cref="SaveArtifactAsync"/>.</exception>
    /// <exception cref="IOException">The store has no room, or cannot be written to.</exception>
    ValueTask SaveCheckpointAsync(Stream content, CancellationToken token = default);

    /// <summary>
    /// Opens the checkpoint to go on from: the newest of this trial or an earlier attempt at it, else that of its <see cref="Parent"/>, else null: begin
    /// at the beginning. The caller disposes of it. A parent's checkpoint that the <c>ArtifactPolicy</c> deleted counts as none. In population-based
    /// training an interval that was cut off is done again as a whole: from the parent's checkpoint, without which it is an error, or from the beginning.
    /// </summary>
    /// <remarks>Length and hash are verified while it is read, before its last bytes are handed out.</remarks>
    /// <param name="token">Stops waiting.</param>
    /// <exception cref="InvalidOperationException">The trial has ended, the study has no artifact store, or in population-based training the parent's checkpoint is gone.</exception>
    /// <exception cref="InvalidDataException">While opening or reading: the content is not what was saved.</exception>
    ValueTask<Stream?> OpenCheckpointAsync(CancellationToken token = default);
}
