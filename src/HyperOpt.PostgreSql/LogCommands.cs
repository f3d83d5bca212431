using Npgsql;

namespace HyperOpt.PostgreSql;

/// <summary>The prepared statements of one log on one connection.</summary>
internal sealed class LogCommands : IAsyncDisposable
{
    private const string AppendSql = "CALL $schema$.hyperopt_append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, NULL, NULL, NULL, NULL, NULL)";

    private const string ReadSql =
        """
        SELECT $2 = 0 OR EXISTS (SELECT FROM $schema$.hyperopt_event AS m WHERE m.study = $1 AND m.seq = $2 AND m.batch = $3), e.seq, e.batch, e.body
        FROM $schema$.hyperopt_study AS s LEFT JOIN $schema$.hyperopt_event AS e ON e.study = s.id AND e.seq > $2
        WHERE s.id = $1 ORDER BY e.seq
        """;

    // A message that nobody reads is written to the server's log of changes, and the commit waits for all before it to be on the disk.
    private const string FlushSql = "SELECT FROM pg_logical_emit_message(true, 'hyperopt', '')";

    private readonly NpgsqlCommand _append;
    private readonly NpgsqlCommand _read;
    private readonly NpgsqlCommand _flush;
    private readonly HashSet<NpgsqlCommand> _prepared = [];

    public LogCommands(NpgsqlConnection connection, PostgreSqlServer server, long study)
    {
        Connection = connection;
        _append = new NpgsqlCommand(server.Sql(AppendSql), connection)
        {
            Parameters =
            {
                Of(study), Of<long>(), Of<long>(), Of<long>(), Of<bool>(), Of<bool>(), Of<int>(), Of<short[]>([]), Of<short[]>([]), Of<int[]>([]), Of<int[]>([]), Of<string[]>([]),
            },
        };
        _read = new NpgsqlCommand(server.Sql(ReadSql), connection) { Parameters = { Of(study), Of<long>(), Of<long>() } };
        _flush = new NpgsqlCommand(FlushSql, connection);
    }

    public NpgsqlConnection Connection { get; }

    /// <summary>Appends; one round trip.</summary>
    /// <param name="after">What is known.</param>
    /// <param name="batch">What is appended.</param>
    /// <param name="isSentAgain">Whether an earlier attempt, or somebody else, may have appended it.</param>
    /// <param name="flushes">Whether the answer waits until it is on the disk.</param>
    /// <param name="token">Stops waiting.</param>
    public async ValueTask<Answer> AppendAsync(Place after, Batch batch, bool isSentAgain, bool flushes, CancellationToken token)
    {
        await PrepareAsync(_append, token).ConfigureAwait(false);
        Set(_append, 1, after.Sequence);
        Set(_append, 2, after.Mark);
        Set(_append, 3, batch.Id);
        Set(_append, 4, isSentAgain);
        Set(_append, 5, flushes);
        Set(_append, 6, batch.Choices);
        Set(_append, 7, batch.Owners);
        Set(_append, 8, batch.Kinds);
        Set(_append, 9, batch.Numbers);
        Set(_append, 10, batch.Attempts);
        Set(_append, 11, batch.Bodies);
        await using var rows = await _append.ExecuteReaderAsync(token).ConfigureAwait(false);
        await rows.ReadAsync(token).ConfigureAwait(false);
        long? last = rows.IsDBNull(1) ? null : rows.GetInt64(1);
        var choice = rows.IsDBNull(2) ? 0 : rows.GetInt32(2);
        var news = rows.IsDBNull(3) ? [] : Split(after, rows.GetFieldValue<long[]>(3), rows.GetFieldValue<byte[]>(4));
        var answer = new Answer((Outcome)rows.GetInt32(0), last, choice, news);
        while (await rows.ReadAsync(token).ConfigureAwait(false))
        {
            // To the end: the error of a disk comes after the row.
        }

        return answer;
    }

    /// <summary>Reads the events after a place.</summary>
    public async ValueTask<Answer> ReadAsync(Place after, CancellationToken token)
    {
        await PrepareAsync(_read, token).ConfigureAwait(false);
        Set(_read, 1, after.Sequence);
        Set(_read, 2, after.Mark);
        await using var rows = await _read.ExecuteReaderAsync(token).ConfigureAwait(false);
        var news = new List<Row>();
        var outcome = Outcome.Gone;
        while (await rows.ReadAsync(token).ConfigureAwait(false))
        {
            outcome = rows.GetBoolean(0) ? Outcome.Appended : Outcome.Lost;
            if (!rows.IsDBNull(1))
            {
                news.Add(new Row(rows.GetInt64(1), rows.GetInt64(2), rows.GetFieldValue<byte[]>(3)));
            }
        }

        return new Answer(outcome, null, 0, news);
    }

    /// <summary>Waits until all that was appended is on the disk.</summary>
    public async ValueTask FlushAsync(CancellationToken token) => await _flush.ExecuteNonQueryAsync(token).ConfigureAwait(false);

    public async ValueTask DisposeAsync()
    {
        await _append.DisposeAsync().ConfigureAwait(false);
        await _read.DisposeAsync().ConfigureAwait(false);
        await _flush.DisposeAsync().ConfigureAwait(false);
    }

    private static NpgsqlParameter<T> Of<T>(T? value = default) => new() { TypedValue = value };

    private static void Set<T>(NpgsqlCommand command, int at, T value) => ((NpgsqlParameter<T>)command.Parameters[at]).TypedValue = value;

    // A line each, in the order of their sequence numbers, which have no gaps.
    private static List<Row> Split(Place after, long[] batches, ReadOnlyMemory<byte> bodies)
    {
        var rows = new List<Row>(batches.Length);
        foreach (var batch in batches)
        {
            var end = bodies.Span.IndexOf((byte)'\n');
            rows.Add(new Row(after.Sequence + rows.Count + 1, batch, end < 0 ? bodies : bodies[..end]));
            bodies = bodies[(end + 1)..];
        }

        return rows;
    }

    private async ValueTask PrepareAsync(NpgsqlCommand command, CancellationToken token)
    {
        if (_prepared.Add(command))
        {
            await command.PrepareAsync(token).ConfigureAwait(false);
        }
    }
}
