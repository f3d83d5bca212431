using System.Collections.Immutable;

namespace HyperOpt.Storage;

/// <summary>
/// Where the streams that trials save are kept, beside the log that tells of them. A store knows bytes under keys: names, lengths and hashes are
/// in the log, and are checked by whoever reads. Safe for concurrent use, also by several processes.
/// </summary>
/// <remarks>
/// A key is written once, by one writer, and never again after it was deleted; so a store need settle no quarrels.
/// Studies and keys are checked by <see cref="ArtifactKey.Check"/> before anything is done with them: they may come from a log that somebody else wrote.
/// </remarks>
public interface IArtifactStore
{
    /// <summary>Keeps a stream: as a whole, or not at all. When the call has ended it survives the process.</summary>
    /// <param name="study">The study's id, see <see cref="StudyCreated.Id"/>.</param>
    /// <param name="key">The key, which has not been used before.</param>
    /// <param name="content">Read once, from where it stands to its end.</param>
    /// <param name="token">Stops writing; nothing is kept then.</param>
    /// <exception cref="IOException">There is no room, or the key is in use.</exception>
    ValueTask WriteAsync(string study, string key, Stream content, CancellationToken token);

    /// <summary>Opens what is kept under a key; null if nothing is. The caller disposes of the stream.</summary>
    /// <param name="study">The study's id.</param>
    /// <param name="key">The key.</param>
    /// <param name="token">Stops waiting.</param>
    ValueTask<Stream?> OpenAsync(string study, string key, CancellationToken token);

    /// <summary>Removes what is kept under a key, and what a writer that was killed left there. Nothing there: nothing happens. Whoever reads it may read on.</summary>
    /// <param name="study">The study's id.</param>
    /// <param name="key">The key.</param>
    /// <param name="token">Stops waiting.</param>
    ValueTask DeleteAsync(string study, string key, CancellationToken token);

    /// <summary>The keys of a study, in ordinal order: also those being written, and those of which a killed writer left a part.</summary>
    /// <param name="study">The study's id.</param>
    /// <param name="token">Stops waiting.</param>
    ValueTask<ImmutableArray<string>> ListAsync(string study, CancellationToken token);
}
