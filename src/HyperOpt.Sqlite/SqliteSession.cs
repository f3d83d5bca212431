using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace HyperOpt.Sqlite;

/// <summary>
/// One connection and its prepared statements. Microsoft.Data.Sqlite opens and closes it; statements go to SQLite directly, because it sleeps for
/// 150 ms whenever the database is busy. Not safe for concurrent use.
/// </summary>
internal sealed class SqliteSession : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly sqlite3 _database;
    private readonly Dictionary<string, SqliteStatement> _prepared = new(StringComparer.Ordinal);
    private readonly string _path;
    private bool? _flushes;

    static SqliteSession() => Batteries_V2.Init();

    public SqliteSession(string connectionString, string path)
    {
        _path = path;
        _connection = new SqliteConnection(connectionString);
        try
        {
            _connection.Open();
        }
        catch (SqliteException exception)
        {
            _connection.Dispose();
            throw SqliteErrors.Of(exception, path);
        }

        _database = _connection.Handle!;
    }

    public SqliteStatement Prepare(string sql)
    {
        if (!_prepared.TryGetValue(sql, out var statement))
        {
            _prepared.Add(sql, statement = new SqliteStatement(_database, sql, _path));
        }

        return statement;
    }

    /// <summary>Runs statements that answer nothing.</summary>
    public void Execute(string sql) => SqliteErrors.Check(raw.sqlite3_exec(_database, sql), _database, _path);

    /// <summary>Begins a transaction as the one writer; false if another writes.</summary>
    /// <param name="flushes">Whether its commit waits for the disk.</param>
    public bool TryBegin(bool flushes)
    {
        if (_flushes != flushes)
        {
            // Cannot be changed within a transaction. NORMAL: the write-ahead log reaches the disk with the next commit that waits for it.
            Execute(flushes ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL");
            _flushes = flushes;
        }

        var result = raw.sqlite3_exec(_database, "BEGIN IMMEDIATE");
        if (SqliteErrors.IsBusy(result))
        {
            return false;
        }

        SqliteErrors.Check(result, _database, _path);
        return true;
    }

    /// <summary>Makes the transaction stand, unless it was undone.</summary>
    public void Commit()
    {
        if (raw.sqlite3_get_autocommit(_database) == 0)
        {
            Execute("COMMIT");
        }
    }

    /// <summary>Undoes the transaction, if some error has not ended it yet.</summary>
    public void Rollback()
    {
        if (raw.sqlite3_get_autocommit(_database) == 0)
        {
            _ = raw.sqlite3_exec(_database, "ROLLBACK");
        }
    }

    public void Dispose()
    {
        foreach (var statement in _prepared.Values)
        {
            statement.Dispose();
        }

        _connection.Dispose();
    }
}
