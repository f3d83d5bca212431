using HyperOpt.Storage;
using Npgsql;

namespace HyperOpt.PostgreSql;

/// <summary>How to reach the server, and what was chosen for it. Safe for concurrent use.</summary>
internal sealed class PostgreSqlServer(NpgsqlDataSource source, string schema)
{
    private volatile bool _wasReached;

    public required TimeSpan ReconnectTimeout { get; init; }

    public required Durability Durability { get; init; }

    /// <summary>The name of the schema, to be put into SQL.</summary>
    public string Schema { get; } = "\"" + schema + "\"";

    /// <summary>The beginning of the names of the channels on which news of a study are told; its number follows.</summary>
    public string Channel { get; } = $"hyperopt_{schema}_";

    /// <summary>Where it is, for messages: host, port, database and user.</summary>
    public string Name
    {
        get
        {
            var settings = new NpgsqlConnectionStringBuilder(source.ConnectionString);
            return $"{settings.Host}:{settings.Port}/{settings.Database ?? settings.Username} as '{settings.Username}'";
        }
    }

    /// <summary>The text of a statement with this schema's name.</summary>
    public string Sql(string text) => text.Replace("$schema$", Schema, StringComparison.Ordinal).Replace("$channel$", "'" + Channel + "'", StringComparison.Ordinal);

    /// <summary>Opens a connection, for a single attempt.</summary>
    public async ValueTask<NpgsqlConnection> ConnectAsync(CancellationToken token)
    {
        var connection = await source.OpenConnectionAsync(token).ConfigureAwait(false);
        try
        {
            // Each statement must see what was committed while it waited for the lock, whatever the server's default is. And each is planned once: the
            // server would plan anew at every call, because it guesses how many events are read.
            await using var set = new NpgsqlCommand(
                "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL READ COMMITTED; SET plan_cache_mode = force_generic_plan", connection);
            await set.ExecuteNonQueryAsync(token).ConfigureAwait(false);
            _wasReached = true;
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Whether to try again after an error.</summary>
    public bool IsWorthAnotherAttempt(Exception exception) =>
        PostgreSqlErrors.IsPassing(exception) && (_wasReached || PostgreSqlErrors.IsStarting(exception));
}
