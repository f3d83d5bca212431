using System.Collections.Immutable;
using HyperOpt.Storage;
using Microsoft.Data.Sqlite;

namespace HyperOpt.Sqlite;

/// <summary>
/// Keeps studies in a SQLite database: one file, any number of processes on one machine, each trial claimed by one of them. The file and its tables make
/// themselves; the views <c>hyperopt_studies</c>, <c>hyperopt_trials</c>, <c>hyperopt_params</c> and <c>hyperopt_reports</c> show
/// the studies to SQL. Safe for concurrent use.
/// </summary>
/// <remarks>
/// The database is in write-ahead mode: readers and the writer do not block each other, and two more files lie beside it while it is in use. That
/// mode needs the processes to share memory: not for network file systems.
/// </remarks>
public sealed class SqliteStorage : IStorage
{
    private readonly SqliteConnectionStringBuilder _settings;

    /// <summary>Studies in a database that need not exist yet; its folder must.</summary>
    /// <param name="pathOrConnectionString">The path of the file; or a connection string of Microsoft.Data.Sqlite, which begins with <c>Data Source=</c>.</param>
    /// <exception cref="ArgumentException">It names no file.</exception>
    public SqliteStorage(string pathOrConnectionString) => _settings = SqliteDatabase.Parse(pathOrConnectionString);

    /// <summary>When what was told is surely on the disk. Default <see cref="Durability.EachTrialEnd"/>.</summary>
    public Durability Durability { get; init; }

    /// <summary>How long to wait for a database that others keep busy. Default one minute.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public TimeSpan BusyTimeout
    {
        get;
        init => field = value < TimeSpan.Zero
            ? throw new ArgumentOutOfRangeException(nameof(value), value, "0 <= BusyTimeout must hold. Take some seconds.")
            : value;
    } = TimeSpan.FromMinutes(1);

    /// <summary>A folder of the same name as the file with <c>.artifacts</c> added.</summary>
    public IArtifactStore Artifacts => field ??= new FileArtifactStore(_settings.DataSource + ".artifacts");

    private SqliteDatabase Database => field ??= new SqliteDatabase(_settings) { BusyTimeout = BusyTimeout, Durability = Durability };

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The file is no SQLite database, is damaged, or was written by a newer version.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written to, and the mode writes.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="TimeoutException">Others kept the database busy for <see cref="BusyTimeout"/>.</exception>
    public async ValueTask<IStudyLog> OpenAsync(string study, OpenMode mode, CancellationToken token)
    {
        StudyName.Check(study);
        var session = mode == OpenMode.OpenOrCreate
            ? await OpenTablesAsync(token).ConfigureAwait(false)
            : await TryOpenAsync(mode == OpenMode.Read ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWrite, token).ConfigureAwait(false) ?? throw StudyName.Missing(study);
        try
        {
            var id = await Database.RetryAsync(() => SqliteStudies.Find(session, study), token).ConfigureAwait(false);
            if (id is null && mode == OpenMode.OpenOrCreate)
            {
                id = await Database.WriteAsync(session, flushes: true, () => SqliteStudies.FindOrAdd(session, study), token).ConfigureAwait(false);
            }

            return new SqliteLog(Database, session, study, id ?? throw StudyName.Missing(study), mode == OpenMode.Read);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<ImmutableArray<string>> ListAsync(CancellationToken token)
    {
        using var session = await TryOpenAsync(SqliteOpenMode.ReadOnly, token).ConfigureAwait(false);
        return session is null ? [] : await Database.RetryAsync(() => SqliteStudies.List(session), token).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<bool> DeleteAsync(string study, CancellationToken token)
    {
        StudyName.Check(study);
        using var session = await TryOpenAsync(SqliteOpenMode.ReadWrite, token).ConfigureAwait(false);
        return session is not null
            && await Database.WriteAsync(session, flushes: true, () => SqliteStudies.Delete(session, study), token).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask RenameAsync(string study, string name, CancellationToken token)
    {
        StudyName.Check(study);
        StudyName.Check(name);
        using var session = await TryOpenAsync(SqliteOpenMode.ReadWrite, token).ConfigureAwait(false) ?? throw StudyName.Missing(study);
        await Database.WriteAsync(session, flushes: true, () => SqliteStudies.Rename(session, study, name), token).ConfigureAwait(false);
    }

    // Null if there is no file, or one without our tables.
    private async ValueTask<SqliteSession?> TryOpenAsync(SqliteOpenMode mode, CancellationToken token)
    {
        if (!Database.Exists)
        {
            return null;
        }

        var session = await Database.RetryAsync(() => Database.Open(mode), token).ConfigureAwait(false);
        try
        {
            if (await Database.RetryAsync(() => SqliteSchema.Check(session, Database.FilePath), token).ConfigureAwait(false))
            {
                return session;
            }
        }
        catch
        {
            session.Dispose();
            throw;
        }

        session.Dispose();
        return null;
    }

    private async ValueTask<SqliteSession> OpenTablesAsync(CancellationToken token)
    {
        var session = await Database.RetryAsync(() => Database.Open(SqliteOpenMode.ReadWriteCreate), token).ConfigureAwait(false);
        try
        {
            if (!await Database.RetryAsync(() => SqliteSchema.Check(session, Database.FilePath), token).ConfigureAwait(false))
            {
                await Database.RetryAsync(() => session.Prepare("PRAGMA journal_mode=WAL").Run(), token).ConfigureAwait(false);
                await Database.WriteAsync(session, flushes: true, () => SqliteSchema.Check(session, Database.FilePath) || SqliteSchema.Create(session), token).ConfigureAwait(false);
            }

            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }
}
