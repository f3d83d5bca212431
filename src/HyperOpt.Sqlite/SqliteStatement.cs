using SQLitePCL;

namespace HyperOpt.Sqlite;

/// <summary>A prepared statement. Parameters are counted from 1, columns from 0.</summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private readonly string _path;

    public SqliteStatement(sqlite3 database, string sql, string path)
    {
        (_database, _path) = (database, path);
        SqliteErrors.Check(raw.sqlite3_prepare_v2(database, sql, out _statement), database, path);
    }

    public SqliteStatement Bind(int parameter, long value)
    {
        SqliteErrors.Check(raw.sqlite3_bind_int64(_statement, parameter, value), _database, _path);
        return this;
    }

    public SqliteStatement Bind(int parameter, string value)
    {
        SqliteErrors.Check(raw.sqlite3_bind_text(_statement, parameter, value), _database, _path);
        return this;
    }

    public SqliteStatement Bind(int parameter, ReadOnlySpan<byte> utf8)
    {
        SqliteErrors.Check(raw.sqlite3_bind_text(_statement, parameter, utf8), _database, _path);
        return this;
    }

    /// <summary>Goes to the next row; false, and ready to be bound anew, when there is none.</summary>
    public bool Step()
    {
        var result = raw.sqlite3_step(_statement);
        if (result == raw.SQLITE_ROW)
        {
            return true;
        }

        Reset();
        SqliteErrors.Check(result, _database, _path);
        return false;
    }

    /// <summary>Runs to the end. How many rows it changed.</summary>
    public int Run()
    {
        while (Step())
        {
        }

        return raw.sqlite3_changes(_database);
    }

    /// <summary>The number in the first column of the first row; null if there is no row.</summary>
    public long? Scalar()
    {
        if (!Step())
        {
            return null;
        }

        var value = Integer(0);
        Reset();
        return value;
    }

    public long Integer(int column) => raw.sqlite3_column_int64(_statement, column);

    public string Text(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string();

    /// <summary>The text of a column in UTF-8; good until the next call.</summary>
    public ReadOnlySpan<byte> Utf8(int column) => raw.sqlite3_column_blob(_statement, column);

    // Answers with the error of the last step once more, which was reported then.
    public void Reset() => _ = raw.sqlite3_reset(_statement);

    public void Dispose() => _statement.Dispose();
}
