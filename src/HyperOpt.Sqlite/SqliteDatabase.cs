using HyperOpt.Storage;
using Microsoft.Data.Sqlite;

namespace HyperOpt.Sqlite;

/// <summary>The database file: opens it, and waits for it.</summary>
internal sealed class SqliteDatabase(SqliteConnectionStringBuilder settings)
{
    public string FilePath => settings.DataSource;

    public required TimeSpan BusyTimeout { get; init; }

    public required Durability Durability { get; init; }

    public bool Exists => File.Exists(settings.DataSource);

    /// <summary>Opens a connection.</summary>
    public SqliteSession Open(SqliteOpenMode mode) =>
        new(new SqliteConnectionStringBuilder(settings.ConnectionString)
        {
            Mode = settings.Mode == SqliteOpenMode.ReadOnly ? SqliteOpenMode.ReadOnly : mode,
        }.ConnectionString, settings.DataSource);

    /// <summary>Repeats what may meet a busy database.</summary>
    public async ValueTask<T> RetryAsync<T>(Func<T> attempt, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        Backoff? backoff = null;
        while (true)
        {
            SqliteException busy;
            try
            {
                return attempt();
            }
            catch (SqliteException exception) when (SqliteErrors.IsBusy(exception.SqliteErrorCode))
            {
                busy = exception;
            }

            backoff ??= new Backoff(settings.DataSource, BusyTimeout);
            await backoff.WaitAsync(busy, token).ConfigureAwait(false);
        }
    }

    /// <summary>Runs a transaction as the one writer.</summary>
    public async ValueTask<T> WriteAsync<T>(SqliteSession session, bool flushes, Func<T> write, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        Backoff? backoff = null;
        while (!session.TryBegin(flushes))
        {
            backoff ??= new Backoff(settings.DataSource, BusyTimeout);
            await backoff.WaitAsync(null, token).ConfigureAwait(false);
        }

        try
        {
            var answer = write();
            session.Commit();
            return answer;
        }
        finally
        {
            session.Rollback(); // nothing is left to undo once it is committed
        }
    }

    /// <summary>Settings for a database that need not exist yet.</summary>
    /// <param name="pathOrConnectionString">A path; a connection string if it begins with the name of the data source.</param>
    public static SqliteConnectionStringBuilder Parse(string pathOrConnectionString)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(pathOrConnectionString);
        var settings = IsConnectionString(pathOrConnectionString)
            ? new SqliteConnectionStringBuilder(pathOrConnectionString)
            : new SqliteConnectionStringBuilder { DataSource = pathOrConnectionString };
        if (settings.DataSource is "" or ":memory:" || settings.Mode == SqliteOpenMode.Memory)
        {
            throw new ArgumentException(
                "Studies in SQLite are kept in a file, but this names none. Give a path, or leave StudyOptions.Storage out to keep a study in memory.",
                nameof(pathOrConnectionString));
        }

        settings.DataSource = Path.GetFullPath(settings.DataSource);
        settings.Pooling = false; // a closed log lets go of the file
        return settings;
    }

    private static bool IsConnectionString(string text)
    {
        var keyword = text.Split('=', 2)[0].Trim().Replace(" ", "", StringComparison.Ordinal);
        return text.Contains('=', StringComparison.Ordinal)
            && (keyword.Equals("DataSource", StringComparison.OrdinalIgnoreCase) || keyword.Equals("Filename", StringComparison.OrdinalIgnoreCase));
    }
}
