using System.Net.Sockets;
using Npgsql;

namespace HyperOpt.PostgreSql;

/// <summary>What PostgreSQL and the network answer, as exceptions that say what to do. None of them holds a password.</summary>
internal static class PostgreSqlErrors
{
    /// <summary>The server goes away, starts, or has no room at the moment: it is worth another attempt.</summary>
    public static bool IsPassing(Exception exception) => exception switch
    {
        PostgresException refused => refused.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown
            or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.SerializationFailure
            or PostgresErrorCodes.DeadlockDetected or IdleSessionTimeout || refused.SqlState.StartsWith("08", StringComparison.Ordinal),
        NpgsqlException { InnerException: IOException or SocketException or TimeoutException } => true,
        NpgsqlException lost => lost.IsTransient,
        _ => false,
    };

    /// <summary>The server is there but not yet ready: even who has never reached it waits.</summary>
    public static bool IsStarting(Exception exception) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.TooManyConnections };

    public static bool IsMissingTable(PostgresException exception) =>
        exception.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName or PostgresErrorCodes.UndefinedFunction;

    public static Exception Of(NpgsqlException cause, string server) => (cause as PostgresException)?.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => new UnauthorizedAccessException(
            $"PostgreSQL lets in who has a role there and its password, but {server} refused: {cause.Message} Look at the user name and the password of the connection string, and at pg_hba.conf.", cause),
        PostgresErrorCodes.InsufficientPrivilege => new UnauthorizedAccessException(
            $"A study is kept in tables that its role may make, read and write, but {server} refused: {cause.Message} Grant what is missing; docs/storage.md lists what is needed.", cause),
        PostgresErrorCodes.InvalidCatalogName => new InvalidOperationException(
            $"The database must exist, but at {server} it does not. Create it (CREATE DATABASE), or look at the connection string.", cause),
        PostgresErrorCodes.DiskFull => new IOException(
            $"A study needs room on the server's disk, but that of {server} is full. Nothing of this call was kept. Make room, and go on.", cause),
        PostgresErrorCodes.ReadOnlySqlTransaction => new InvalidOperationException(
            $"A study is worked on where it can be written, but {server} only answers questions: a standby, or set to default_transaction_read_only. Take the primary, or open the study with OpenMode.Read.", cause),
        null when IsPassing(cause) => new IOException(
            $"PostgreSQL must be reachable, but {server} is not: {Innermost(cause)} Look at the host and the port of the connection string, and whether the server runs.", cause),
        _ => new InvalidOperationException($"PostgreSQL at {server} did not do what it was asked to: {cause.Message}", cause),
    };

    public static TimeoutException StayedAway(string server, TimeSpan limit, Exception cause) => new(
        $"A worker waits up to {limit} for a server that has gone away, but {server} has not come back: {Innermost(cause)} What was told before is kept; start the server, run again, and the study goes on. Raise ReconnectTimeout for longer absences.", cause);

    public static InvalidDataException Newer(string server, int version) => new(
        $"A database is opened by the version of this library that made its tables or by a newer one, but at {server} they have version {version} and this one knows up to {PostgreSqlSchema.Version}. Update HyperOpt.PostgreSql.");

    public static InvalidDataException Replaced(string server, string study) => new(
        $"The log of a study only grows, but at {server} that of '{study}' no longer holds what was read from it: an older state of the database was put in its place. Open the study anew; it goes on from that state.");

    // Nothing of it may be repeated, and no inner exception be kept: the text of a URL or a slip of the pen may hold the password.
    public static ArgumentException Malformed(string parameter) => new(
        "A connection string of PostgreSQL reads Host=…;Username=…;Password=…;Database=… with the keywords of Npgsql, but this one cannot be read. It is not repeated here, for it may hold a password. URLs (postgres://…) are not understood.", parameter);

    private const string IdleSessionTimeout = "57P05";

    private static string Innermost(Exception exception) => exception.GetBaseException().Message;
}
