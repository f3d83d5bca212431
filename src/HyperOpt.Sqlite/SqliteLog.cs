using System.Collections.Immutable;
using HyperOpt.Storage;

namespace HyperOpt.Sqlite;

/// <summary>The log of one study, over a connection of its own. An append is one transaction of the one writer.</summary>
internal sealed class SqliteLog(SqliteDatabase database, SqliteSession session, string study, long id, bool isReadOnly) : IStudyLog
{
    private readonly EventSerializer _serializer = new();
    private readonly SqliteWatch _watch = new(database, id);
    private long _place; // the sequence number of the last event that a call answered with; invariant: that event stands in the log

    public bool IsRemote => true;

    public async ValueTask<LogSlice> ReadAsync(CancellationToken token)
    {
        var news = await database.RetryAsync(ReadNews, token).ConfigureAwait(false);
        _place = news.Last;
        return new LogSlice(true, news.Events.ToArray());
    }

    public async ValueTask<LogSlice> AppendAsync(ImmutableArray<StudyEvent> events, CancellationToken token)
    {
        if (isReadOnly)
        {
            throw StudyName.ReadOnly(study);
        }

        if (events.IsEmpty)
        {
            return await ReadAsync(token).ConfigureAwait(false);
        }

        // Written out beforehand, so that nobody waits for it.
        var bodies = _serializer.WriteAll(events);
        var (accepted, news) = await database.WriteAsync(session, database.Durability.AsksToFlush(events), () => Append(events, bodies), token).ConfigureAwait(false);
        _place = news.Last;
        if (accepted)
        {
            foreach (var entry in events)
            {
                _serializer.Note(entry);
            }

            news.Events.AddRange(events);
        }

        return new LogSlice(accepted, news.Events.ToArray());
    }

    public ValueTask WaitAsync(TimeSpan atMost, CancellationToken token) => _watch.WaitAsync(() => Volatile.Read(ref _place), atMost, token);

    public ValueTask DisposeAsync()
    {
        _watch.Dispose();
        session.Dispose();
        return ValueTask.CompletedTask;
    }

    private (bool Accepted, News News) Append(ImmutableArray<StudyEvent> events, ImmutableArray<byte[]> bodies)
    {
        var news = ReadNews();
        foreach (var claim in events.SelectMany(entry => entry.Claims))
        {
            var insert = session.Prepare("INSERT OR IGNORE INTO hyperopt_claim (study, kind, number, attempt) VALUES (?1, ?2, ?3, ?4)");
            if (insert.Bind(1, id).Bind(2, (int)claim.Kind).Bind(3, claim.Number).Bind(4, claim.Attempt).Run() == 0)
            {
                session.Rollback();
                return (false, news);
            }
        }

        foreach (var body in bodies)
        {
            session.Prepare("INSERT INTO hyperopt_event (study, body) VALUES (?1, ?2)").Bind(1, id).Bind(2, body).Run();
        }

        return (true, news with { Last = session.Prepare("SELECT last_insert_rowid()").Scalar()!.Value });
    }

    private News ReadNews()
    {
        var news = new News(_place, []);
        var rows = session.Prepare("SELECT seq, body FROM hyperopt_event WHERE study = ?1 AND seq > ?2 ORDER BY seq").Bind(1, id).Bind(2, _place);
        try
        {
            while (rows.Step())
            {
                news.Events.Add(_serializer.Read(rows.Utf8(1)));
                news = news with { Last = rows.Integer(0) };
            }
        }
        finally
        {
            rows.Reset();
        }

        return news.Events.Count > 0 || SqliteStudies.Exists(session, id) ? news : throw new StudyDeletedException(study);
    }

    private readonly record struct News(long Last, List<StudyEvent> Events);
}
