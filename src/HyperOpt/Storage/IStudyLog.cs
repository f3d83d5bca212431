using System.Collections.Immutable;

namespace HyperOpt.Storage;

/// <summary>The append-only log of one study. Safe for concurrent use.</summary>
public interface IStudyLog
{
    /// <summary>The events after a position.</summary>
    /// <param name="after">How many events the caller has seen.</param>
    /// <param name="token">Stops waiting.</param>
    ValueTask<LogSlice> ReadAsync(long after, CancellationToken token);

    /// <summary>Appends events, all or none: none if the claim of one was taken. Answers with all events since a position.</summary>
    /// <param name="events">What happened.</param>
    /// <param name="after">How many events the caller has seen.</param>
    /// <param name="token">Stops waiting; whether the events were appended is then unknown.</param>
    ValueTask<LogSlice> AppendAsync(ImmutableArray<StudyEvent> events, long after, CancellationToken token);
}
