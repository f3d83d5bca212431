using System.Text;
using System.Text.RegularExpressions;
using Npgsql;

namespace HyperOpt.PostgreSql;

/// <summary>The tables, the views and the procedure, and their version.</summary>
internal static partial class PostgreSqlSchema
{
    /// <summary>The version that is written, and the newest that is read.</summary>
    public const int Version = 2;

    private static readonly Lazy<string> Tables = new(() => Load("Schema.sql"));
    private static readonly Lazy<string> Append = new(() => Load("Append.sql"));

    /// <summary>The law of schema names: they stand in SQL and in the names of channels, which have up to 63 characters.</summary>
    public static void CheckName(string schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        if (!Name().IsMatch(schema))
        {
            throw new ArgumentException(
                $"A schema's name has up to 32 letters, digits and underscores and begins with no digit, but got '{schema[..Math.Min(schema.Length, 40)]}'. Take a plain name.", nameof(schema));
        }
    }

    /// <summary>Whether the tables are there; refuses those of a newer version.</summary>
    public static async ValueTask<bool> ExistsAsync(NpgsqlConnection connection, PostgreSqlServer server, CancellationToken token) =>
        await VersionAsync(connection, server, token).ConfigureAwait(false) is not null;

    /// <summary>Makes what is missing, if it is to, and brings an older version up to date; of several who try, one does. Returns whether the tables are there.</summary>
    public static async ValueTask<bool> EnsureAsync(NpgsqlConnection connection, PostgreSqlServer server, bool makes, CancellationToken token)
    {
        var version = await VersionAsync(connection, server, token).ConfigureAwait(false);
        if (version == Version || (version is null && !makes))
        {
            return version is not null;
        }

        await using var transaction = await connection.BeginTransactionAsync(token).ConfigureAwait(false);
        await ExecuteAsync("SELECT pg_advisory_xact_lock(hashtextextended('hyperopt schema ' || $1, 0))", server.Schema).ConfigureAwait(false);
        if (await IsAsync("SELECT to_regclass($1) IS NULL", server.Schema + ".hyperopt_meta").ConfigureAwait(false))
        {
            if (await IsAsync("SELECT to_regnamespace($1) IS NULL", server.Schema).ConfigureAwait(false))
            {
                await ExecuteAsync(server.Sql("CREATE SCHEMA $schema$")).ConfigureAwait(false);
            }

            await ExecuteAsync(server.Sql(Tables.Value)).ConfigureAwait(false);
            await ExecuteAsync(server.Sql(Append.Value)).ConfigureAwait(false);
        }
        else if (await IsAsync(server.Sql("SELECT version < 2 FROM $schema$.hyperopt_meta")).ConfigureAwait(false))
        {
            await ExecuteAsync(server.Sql(Append.Value)).ConfigureAwait(false);
            await ExecuteAsync(server.Sql("UPDATE $schema$.hyperopt_meta SET version = 2")).ConfigureAwait(false);
        }

        await transaction.CommitAsync(token).ConfigureAwait(false);
        return true;

        async ValueTask ExecuteAsync(string sql, string? argument = null)
        {
            await using var command = Command(sql, argument);
            await command.ExecuteNonQueryAsync(token).ConfigureAwait(false);
        }

        async ValueTask<bool> IsAsync(string sql, string? argument = null)
        {
            await using var command = Command(sql, argument);
            return (bool)(await command.ExecuteScalarAsync(token).ConfigureAwait(false))!;
        }

        NpgsqlCommand Command(string sql, string? argument)
        {
            var command = new NpgsqlCommand(sql, connection);
            if (argument is not null)
            {
                command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = argument });
            }

            return command;
        }
    }

    private static async ValueTask<int?> VersionAsync(NpgsqlConnection connection, PostgreSqlServer server, CancellationToken token)
    {
        try
        {
            await using var read = new NpgsqlCommand(server.Sql("SELECT version FROM $schema$.hyperopt_meta"), connection);
            var version = await read.ExecuteScalarAsync(token).ConfigureAwait(false) as int?;
            return version > Version ? throw PostgreSqlErrors.Newer(server.Name, version.Value) : version;
        }
        catch (PostgresException exception) when (PostgreSqlErrors.IsMissingTable(exception))
        {
            return null;
        }
    }

    private static string Load(string name)
    {
        using var stream = typeof(PostgreSqlSchema).Assembly.GetManifestResourceStream("HyperOpt.PostgreSql." + name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]{0,31}\z")]
    private static partial Regex Name();
}
