using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace HyperOpt.Sqlite;

/// <summary>SQLite's result codes as exceptions that say what to do.</summary>
internal static class SqliteErrors
{
    public static bool IsBusy(int result) => (result & 0xFF) is raw.SQLITE_BUSY or raw.SQLITE_LOCKED;

    public static void Check(int result, sqlite3 database, string path)
    {
        if (result is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            throw Of(new SqliteException(raw.sqlite3_errmsg(database).utf8_to_string(), result & 0xFF, raw.sqlite3_extended_errcode(database)), path);
        }
    }

    public static Exception Of(SqliteException cause, string path) => cause.SqliteErrorCode switch
    {
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => cause,
        raw.SQLITE_NOTADB => new InvalidDataException(
            $"Studies are kept in a SQLite database, but '{path}' is another kind of file. Take another path.", cause),
        raw.SQLITE_CORRUPT => new InvalidDataException(
            $"A SQLite database must be whole, but '{path}' is damaged: {cause.Message} Take a copy, and try the sqlite3 program's .recover.", cause),
        raw.SQLITE_FULL => new IOException(
            $"A study needs room on its disk, but that of '{path}' is full. Nothing of this call was kept. Make room, and go on.", cause),
        raw.SQLITE_CANTOPEN => new IOException(
            $"A SQLite database must be in a folder that exists and may be read, and for writing written to, but '{path}' cannot be opened. Look at the path and at its permissions.", cause),
        raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_AUTH => new UnauthorizedAccessException(
            $"A study is written to by whoever may write to its file and its folder, but '{path}' may only be read. Change its permissions, or open the study with OpenMode.Read.", cause),
        raw.SQLITE_IOERR => new IOException($"The disk of '{path}' must answer, but did not: {cause.Message} Look at the disk.", cause),
        _ => new InvalidOperationException($"SQLite did not do what it was asked to with '{path}': {cause.Message}", cause),
    };

    public static TimeoutException StillBusy(string path, TimeSpan waited, Exception? cause) => new(
        $"A writer of '{path}' waits up to {waited} for the others, but somebody keeps it locked. End what holds a transaction open, or raise BusyTimeout.", cause);

    public static InvalidDataException Newer(string path, long version) => new(
        $"A database is opened by the version of this library that wrote it or by a newer one, but '{path}' has version {version} and this one knows up to {SqliteSchema.Version}. Update HyperOpt.Sqlite.");
}
