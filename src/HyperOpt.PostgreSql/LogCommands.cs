using Npgsql;
using NpgsqlTypes;

namespace HyperOpt.PostgreSql;

/// <summary>The prepared statements of one log on one connection.</summary>
internal sealed class LogCommands : IAsyncDisposable
{
    private const string ReadSql =
        """
        SELECT $2 = 0 OR EXISTS (SELECT FROM $schema$.hyperopt_event AS m WHERE m.study = $1 AND m.seq = $2 AND m.batch = $3), e.seq, e.batch, e.body
        FROM $schema$.hyperopt_study AS s LEFT JOIN $schema$.hyperopt_event AS e ON e.study = s.id AND e.seq > $2
        WHERE s.id = $1 ORDER BY e.seq
        """;

    // A message that nobody reads is written to the server's log of changes, and the commit waits for all before it to be on the disk.
    private const string FlushSql = "SELECT FROM pg_logical_emit_message(true, 'hyperopt', '')";

    // Nobody waits for the disk because of what was refused.
    private const string FlushIfAppendedSql =
        "SELECT CASE WHEN current_setting('hyperopt.appended', true) = 'yes' THEN pg_logical_emit_message(true, 'hyperopt', '') END";

    private readonly NpgsqlBatch _append;
    private readonly NpgsqlBatch _appendAndFlush;
    private readonly NpgsqlCommand _read;
    private readonly NpgsqlCommand _flush;
    private readonly NpgsqlParameter<long> _study = new();
    private readonly HashSet<object> _prepared = [];

    public LogCommands(NpgsqlConnection connection, PostgreSqlServer server, long study)
    {
        Connection = connection;
        _study.TypedValue = study;
        _append = Batch(server, flushes: false);
        _appendAndFlush = Batch(server, flushes: true);
        _flush = new NpgsqlCommand(FlushSql, connection);
        _read = new NpgsqlCommand(server.Sql(ReadSql), connection) { Parameters = { _study.Clone(), Long(), Long() } };
    }

    public NpgsqlConnection Connection { get; }

    /// <summary>Appends; one round trip.</summary>
    public async ValueTask<Answer> AppendAsync(Place after, Batch batch, bool flushes, CancellationToken token)
    {
        var command = flushes ? _appendAndFlush : _append;
        if (_prepared.Add(command))
        {
            await command.PrepareAsync(token).ConfigureAwait(false);
        }

        var arguments = command.BatchCommands[0].Parameters;
        Set(arguments, 1, after.Sequence);
        Set(arguments, 2, after.Mark);
        Set(arguments, 3, batch.Id);
        Set(arguments, 4, batch.Choices);
        Set(arguments, 5, batch.Owners);
        Set(arguments, 6, batch.Kinds);
        Set(arguments, 7, batch.Numbers);
        Set(arguments, 8, batch.Attempts);
        Set(arguments, 9, batch.Bodies);
        await using var rows = await command.ExecuteReaderAsync(token).ConfigureAwait(false);
        await rows.ReadAsync(token).ConfigureAwait(false);
        var outcome = (Outcome)rows.GetInt32(0);
        long? last = await rows.IsDBNullAsync(1, token).ConfigureAwait(false) ? null : rows.GetInt64(1);
        var choice = await rows.IsDBNullAsync(2, token).ConfigureAwait(false) ? 0 : (int)rows.GetInt64(2);
        var news = new List<Row>();
        while (await rows.ReadAsync(token).ConfigureAwait(false))
        {
            news.Add(new Row(rows.GetInt64(1), rows.GetInt64(2), rows.GetFieldValue<byte[]>(3)));
        }

        // The disk's answer too, or its error.
        while (await rows.NextResultAsync(token).ConfigureAwait(false))
        {
        }

        return new Answer(outcome, last, choice, news);
    }

    /// <summary>Reads the events after a place.</summary>
    public async ValueTask<Answer> ReadAsync(Place after, CancellationToken token)
    {
        if (_prepared.Add(_read))
        {
            await _read.PrepareAsync(token).ConfigureAwait(false);
        }

        Set(_read.Parameters, 1, after.Sequence);
        Set(_read.Parameters, 2, after.Mark);
        await using var rows = await _read.ExecuteReaderAsync(token).ConfigureAwait(false);
        var news = new List<Row>();
        var outcome = Outcome.Gone;
        while (await rows.ReadAsync(token).ConfigureAwait(false))
        {
            outcome = rows.GetBoolean(0) ? Outcome.Appended : Outcome.Lost;
            if (!await rows.IsDBNullAsync(1, token).ConfigureAwait(false))
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
        await _appendAndFlush.DisposeAsync().ConfigureAwait(false);
        await _read.DisposeAsync().ConfigureAwait(false);
        await _flush.DisposeAsync().ConfigureAwait(false);
    }

    private static NpgsqlParameter<long> Long() => new() { NpgsqlDbType = NpgsqlDbType.Bigint };

    private static void Set<T>(NpgsqlParameterCollection parameters, int at, T value) => ((NpgsqlParameter<T>)parameters[at]).TypedValue = value;

    private NpgsqlBatch Batch(PostgreSqlServer server, bool flushes)
    {
        // Barriers: each is a transaction of its own, so that the study is free for others while the disk is waited for.
        var batch = new NpgsqlBatch(Connection) { EnableErrorBarriers = true };
        batch.BatchCommands.Add(new NpgsqlBatchCommand(server.Sql("SELECT answer, seq, batch, body FROM $schema$.hyperopt_append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"))
        {
            Parameters =
            {
                _study.Clone(), Long(), Long(), Long(),
                new NpgsqlParameter<int> { NpgsqlDbType = NpgsqlDbType.Integer },
                new NpgsqlParameter<short[]> { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Smallint },
                new NpgsqlParameter<short[]> { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Smallint },
                new NpgsqlParameter<int[]> { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer },
                new NpgsqlParameter<int[]> { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer },
                new NpgsqlParameter<string[]> { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
            },
        });
        if (flushes)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(FlushIfAppendedSql));
        }

        return batch;
    }
}
