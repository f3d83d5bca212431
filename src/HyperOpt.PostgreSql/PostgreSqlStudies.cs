using System.Collections.Immutable;
using HyperOpt.Storage;
using Npgsql;
using NpgsqlTypes;

namespace HyperOpt.PostgreSql;

/// <summary>The studies of a database by name. Each call may be made again after a lost answer.</summary>
internal static class PostgreSqlStudies
{
    public static async ValueTask<long?> FindAsync(NpgsqlConnection connection, PostgreSqlServer server, string name, CancellationToken token)
    {
        await using var find = Command(connection, server, "SELECT id FROM $schema$.hyperopt_study WHERE name = $1", name);
        return (long?)await find.ExecuteScalarAsync(token).ConfigureAwait(false);
    }

    public static async ValueTask<long> FindOrAddAsync(NpgsqlConnection connection, PostgreSqlServer server, string name, CancellationToken token)
    {
        while (true)
        {
            if (await FindAsync(connection, server, name, token).ConfigureAwait(false) is { } study)
            {
                return study;
            }

            await using var add = Command(connection, server, "INSERT INTO $schema$.hyperopt_study (name) VALUES ($1) ON CONFLICT DO NOTHING", name);
            await add.ExecuteNonQueryAsync(token).ConfigureAwait(false);
        }
    }

    public static async ValueTask<ImmutableArray<string>> ListAsync(NpgsqlConnection connection, PostgreSqlServer server, CancellationToken token)
    {
        var names = new List<string>();
        await using var list = Command(connection, server, "SELECT name FROM $schema$.hyperopt_study");
        await using var rows = await list.ExecuteReaderAsync(token).ConfigureAwait(false);
        while (await rows.ReadAsync(token).ConfigureAwait(false))
        {
            names.Add(rows.GetString(0));
        }

        return [.. names.Order(StringComparer.Ordinal)];
    }

    /// <summary>Deletes a study. Whoever appends to it waits, and then finds it gone.</summary>
    public static async ValueTask<bool> DeleteAsync(NpgsqlConnection connection, PostgreSqlServer server, string name, CancellationToken token)
    {
        await using var transaction = await connection.BeginTransactionAsync(token).ConfigureAwait(false);
        await using var seize = Command(connection, server, "SELECT pg_advisory_xact_lock(hashtextextended($channel$ || id, 0)) FROM $schema$.hyperopt_study WHERE name = $1", name);
        await seize.ExecuteNonQueryAsync(token).ConfigureAwait(false);
        await using var delete = Command(connection, server, "DELETE FROM $schema$.hyperopt_study WHERE name = $1 RETURNING id", name);
        if (await delete.ExecuteScalarAsync(token).ConfigureAwait(false) is not long study)
        {
            return false;
        }

        await using var clear = new NpgsqlBatch(connection);
        foreach (var sql in new[]
        {
            "DELETE FROM $schema$.hyperopt_event WHERE study = $1",
            "DELETE FROM $schema$.hyperopt_claim WHERE study = $1",
            "SELECT pg_notify($channel$ || $1, '')",
        })
        {
            clear.BatchCommands.Add(new NpgsqlBatchCommand(server.Sql(sql)) { Parameters = { new NpgsqlParameter<long> { TypedValue = study } } });
        }

        await clear.ExecuteNonQueryAsync(token).ConfigureAwait(false);
        await transaction.CommitAsync(token).ConfigureAwait(false);
        return true;
    }

    public static async ValueTask<bool> RenameAsync(NpgsqlConnection connection, PostgreSqlServer server, string name, string other, CancellationToken token)
    {
        try
        {
            await using var rename = Command(connection, server, "UPDATE $schema$.hyperopt_study SET name = $2 WHERE name = $1", name, other);
            return await rename.ExecuteNonQueryAsync(token).ConfigureAwait(false) > 0;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            throw StudyName.Taken(other);
        }
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, PostgreSqlServer server, string sql, params ReadOnlySpan<string> arguments)
    {
        var command = new NpgsqlCommand(server.Sql(sql), connection);
        foreach (var argument in arguments)
        {
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = argument, NpgsqlDbType = NpgsqlDbType.Text });
        }

        return command;
    }
}
