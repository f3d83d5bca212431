using System.Collections.Immutable;

namespace HyperOpt.Storage;

/// <summary>
/// The append-only log of one study, and a reader's place in it. Each opening has a place of its own, which each call moves on to the end.
/// Calls do not overlap: whoever holds it waits for one before the next.
/// </summary>
public interface IStudyLog : IAsyncDisposable
{
    /// <summary>
    /// Whether events that nobody waits for (intermediate reports) should be kept back for the next append, because each costs a trip to
    /// a disk or a server.
    /// </summary>
    bool IsRemote { get; }

    /// <summary>The events since the last call.</summary>
    /// <param name="token">Stops waiting.</param>
    /// <exception cref="StudyDeletedException">The study was deleted meanwhile.</exception>
    ValueTask<LogSlice> ReadAsync(CancellationToken token);

    /// <summary>Appends events, all or none: none if the claim of one was taken. Answers with all events since the last call, the appended ones included.</summary>
    /// <param name="events">What happened.</param>
    /// <param name="token">Stops waiting; whether the events were appended is then seen at the next call.</param>
    /// <exception cref="StudyDeletedException">The study was deleted meanwhile.</exception>
    /// <exception cref="InvalidOperationException">It was opened for reading only.</exception>
    ValueTask<LogSlice> AppendAsync(ImmutableArray<StudyEvent> events, CancellationToken token);

    /// <summary>Ends when there may be news, or after some time at the latest. May be called while another call is under way.</summary>
    /// <param name="atMost">How long to wait.</param>
    /// <param name="token">Stops waiting.</param>
    ValueTask WaitAsync(TimeSpan atMost, CancellationToken token);
}
