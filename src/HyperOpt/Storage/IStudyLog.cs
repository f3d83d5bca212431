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

    /// <summary>
    /// Appends events and with them the first of several others whose claims are free; none at all if there is no such, or the claim of one that they all
    /// come with was taken. So whoever wants the next free number need not come again when others were faster. What is not overridden tries one after the other.
    /// </summary>
    /// <param name="events">What happened in any case; may be empty.</param>
    /// <param name="oneOf">Of these one happens.</param>
    /// <param name="token">Stops waiting; whether the events were appended is then seen at the next call.</param>
    /// <exception cref="StudyDeletedException">The study was deleted meanwhile.</exception>
    /// <exception cref="InvalidOperationException">It was opened for reading only.</exception>
    async ValueTask<LogSlice> AppendFirstAsync(ImmutableArray<StudyEvent> events, ImmutableArray<StudyEvent> oneOf, CancellationToken token)
    {
        var news = new List<StudyEvent>();
        var claims = new ClaimSet();
        foreach (var choice in oneOf)
        {
            if (!claims.Allows(events.Add(choice)))
            {
                continue; // the answer to the last attempt has told so
            }

            var slice = await AppendAsync(events.Add(choice), token).ConfigureAwait(false);
            news.AddRange(slice.Events.Span);
            if (slice.IsAccepted)
            {
                return new LogSlice(true, news.ToArray());
            }

            foreach (var entry in slice.Events.Span)
            {
                claims.Note(entry);
            }
        }

        return new LogSlice(false, news.ToArray());
    }

    /// <summary>Ends when there may be news, or after some time at the latest. May be called while another call is under way.</summary>
    /// <param name="atMost">How long to wait.</param>
    /// <param name="token">Stops waiting.</param>
    ValueTask WaitAsync(TimeSpan atMost, CancellationToken token);
}
