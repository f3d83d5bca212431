using System.Collections.Immutable;
using HyperOpt.Storage;
using Npgsql;

namespace HyperOpt.PostgreSql;

/// <summary>
/// Keeps studies in PostgreSQL: any number of workers on any number of machines, each trial claimed by one of them. The tables make themselves; the views
/// <c>hyperopt_studies</c>, <c>hyperopt_trials</c>, <c>hyperopt_params</c> and <c>hyperopt_reports</c> show the studies to SQL. A server that goes away
/// during a run is waited for: the run goes on where it stood. Safe for concurrent use.
/// </summary>
/// <remarks>
/// Each opened study has a connection of its own, and a second one on which it is told of news once it waits for some. A connection pooler in
/// between must keep sessions (PgBouncer: <c>pool_mode = session</c>).
/// </remarks>
public sealed class PostgreSqlStorage : IStorage, IAsyncDisposable, IDisposable
{
    private readonly NpgsqlDataSource _source;
    private readonly bool _ownsSource;

    /// <summary>Studies in the database of a connection string.</summary>
    /// <param name="connectionString">Such as <c>Host=db.example;Username=tuner;Password=…;Database=studies</c>. Never repeated in a message or a log.</param>
    /// <exception cref="ArgumentException">It cannot be read.</exception>
    public PostgreSqlStorage(string connectionString)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        try
        {
            _source = NpgsqlDataSource.Create(connectionString);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidOperationException or InvalidCastException or OverflowException or NotSupportedException)
        {
            throw PostgreSqlErrors.Malformed(nameof(connectionString));
        }

        _ownsSource = true;
    }

    /// <summary>Studies in the database of a data source, which stays the caller's to dispose of.</summary>
    /// <param name="dataSource">Where to take connections from.</param>
    public PostgreSqlStorage(NpgsqlDataSource dataSource)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        _source = dataSource;
    }

    /// <summary>The schema in which the tables are, or are made. Default "public".</summary>
    /// <exception cref="ArgumentException">It is no plain name: up to 32 letters, digits and underscores.</exception>
    public string Schema
    {
        get;
        init
        {
            PostgreSqlSchema.CheckName(value);
            field = value;
        }
    } = "public";

    /// <summary>
    /// When what was told is surely on the server's disk. Default <see cref="Durability.EachTrialEnd"/>, which here means the beginnings of trials too: other
    /// machines go by them. What a crash of the server takes beyond that, the workers put back when it returns. A server, database or role that is set to
    /// <c>synchronous_commit = off</c> makes all of it <see cref="Durability.OperatingSystem"/>.
    /// </summary>
    public Durability Durability { get; init; } = Durability.EachTrialEnd;

    /// <summary>How long to wait for a server that has gone away. Default five minutes. One that was never reached is not waited for.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public TimeSpan ReconnectTimeout
    {
        get;
        init => field = value < TimeSpan.Zero
            ? throw new ArgumentOutOfRangeException(nameof(value), value, "0 <= ReconnectTimeout must hold. Take some minutes.")
            : value;
    } = TimeSpan.FromMinutes(5);

    private PostgreSqlServer Server => field ??= new PostgreSqlServer(_source, Schema) { ReconnectTimeout = ReconnectTimeout, Durability = Durability };

    /// <inheritdoc/>
    /// <exception cref="IOException">The server cannot be reached.</exception>
    /// <exception cref="UnauthorizedAccessException">The server refused the role, or the role lacks a permission.</exception>
    /// <exception cref="InvalidDataException">The tables are of a newer version.</exception>
    /// <exception cref="TimeoutException">The server went away and did not come back in <see cref="ReconnectTimeout"/>.</exception>
    public async ValueTask<IStudyLog> OpenAsync(string study, OpenMode mode, CancellationToken token)
    {
        StudyName.Check(study);
        var session = new PostgreSqlSession(Server);
        try
        {
            var id = await session.RunAsync(
                async (connection, _, stop) =>
                {
                    var isThere = mode == OpenMode.Read
                        ? await PostgreSqlSchema.ExistsAsync(connection, Server, stop).ConfigureAwait(false)
                        : await PostgreSqlSchema.EnsureAsync(connection, Server, mode == OpenMode.OpenOrCreate, stop).ConfigureAwait(false);
                    return !isThere ? null
                        : mode == OpenMode.OpenOrCreate ? await PostgreSqlStudies.FindOrAddAsync(connection, Server, study, stop).ConfigureAwait(false)
                        : await PostgreSqlStudies.FindAsync(connection, Server, study, stop).ConfigureAwait(false);
                },
                token).ConfigureAwait(false);
            return new PostgreSqlLog(Server, session, study, id ?? throw StudyName.Missing(study), mode == OpenMode.Read);
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<string>> ListAsync(CancellationToken token) =>
        RunAsync((connection, _, stop) => PostgreSqlStudies.ListAsync(connection, Server, stop), [], token);

    /// <inheritdoc/>
    public ValueTask<bool> DeleteAsync(string study, CancellationToken token)
    {
        StudyName.Check(study);
        return RunAsync(
            // Once more after a lost answer: it is gone, by us.
            async (connection, attempt, stop) => await PostgreSqlStudies.DeleteAsync(connection, Server, study, stop).ConfigureAwait(false) || attempt > 0,
            false,
            token);
    }

    /// <inheritdoc/>
    public async ValueTask RenameAsync(string study, string name, CancellationToken token)
    {
        StudyName.Check(study);
        StudyName.Check(name);
        var isRenamed = await RunAsync(
            async (connection, attempt, stop) => await PostgreSqlStudies.RenameAsync(connection, Server, study, name, stop).ConfigureAwait(false)
                || (attempt > 0 && await PostgreSqlStudies.FindAsync(connection, Server, name, stop).ConfigureAwait(false) is not null),
            false,
            token).ConfigureAwait(false);
        if (!isRenamed)
        {
            throw StudyName.Missing(study);
        }
    }

    /// <summary>Closes the connections of a storage that was made from a connection string. Close the studies first.</summary>
    public ValueTask DisposeAsync() => _ownsSource ? _source.DisposeAsync() : ValueTask.CompletedTask;

    /// <summary>Closes the connections of a storage that was made from a connection string. Close the studies first.</summary>
    public void Dispose()
    {
        if (_ownsSource)
        {
            _source.Dispose();
        }
    }

    private async ValueTask<T> RunAsync<T>(Func<NpgsqlConnection, int, CancellationToken, ValueTask<T>> work, T ifEmpty, CancellationToken token)
    {
        await using var session = new PostgreSqlSession(Server);
        return await session.RunAsync(
            async (connection, attempt, stop) => await PostgreSqlSchema.ExistsAsync(connection, Server, stop).ConfigureAwait(false)
                ? await work(connection, attempt, stop).ConfigureAwait(false)
                : ifEmpty,
            token).ConfigureAwait(false);
    }
}
