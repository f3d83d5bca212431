using System.Text;

namespace HyperOpt.Sqlite;

/// <summary>The tables and views, and their version.</summary>
internal static class SqliteSchema
{
    /// <summary>The version that is written, and the newest that is read.</summary>
    public const int Version = 1;

    private static readonly Lazy<string> Sql = new(Load);

    /// <summary>The version of the tables; null if there are none.</summary>
    public static long? VersionOf(SqliteSession session) =>
        session.Prepare("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'hyperopt_meta'").Scalar() > 0
            ? session.Prepare("SELECT version FROM hyperopt_meta").Scalar()
            : null;

    /// <summary>Refuses a newer version; false if there are no tables.</summary>
    public static bool Check(SqliteSession session, string path)
    {
        var version = VersionOf(session);
        return version > Version ? throw SqliteErrors.Newer(path, version.Value) : version is not null;
    }

    /// <summary>Makes the tables and views. Within a transaction.</summary>
    public static bool Create(SqliteSession session)
    {
        session.Execute(Sql.Value);
        return true;
    }

    private static string Load()
    {
        using var stream = typeof(SqliteSchema).Assembly.GetManifestResourceStream("HyperOpt.Sqlite.Schema.sql")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
