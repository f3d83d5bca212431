using System.Collections.Immutable;
using HyperOpt.Storage;

namespace HyperOpt.Sqlite;

/// <summary>The studies of a database by name. What writes is called within a transaction.</summary>
internal static class SqliteStudies
{
    public static long? Find(SqliteSession session, string name) =>
        session.Prepare("SELECT id FROM hyperopt_study WHERE name = ?1").Bind(1, name).Scalar();

    public static bool Exists(SqliteSession session, long study) =>
        session.Prepare("SELECT 1 FROM hyperopt_study WHERE id = ?1").Bind(1, study).Scalar() is not null;

    public static long? FindOrAdd(SqliteSession session, string name)
    {
        session.Prepare("INSERT OR IGNORE INTO hyperopt_study (name) VALUES (?1)").Bind(1, name).Run();
        return Find(session, name);
    }

    public static ImmutableArray<string> List(SqliteSession session)
    {
        var names = new List<string>();
        var rows = session.Prepare("SELECT name FROM hyperopt_study");
        while (rows.Step())
        {
            names.Add(rows.Text(0));
        }

        return [.. names.Order(StringComparer.Ordinal)];
    }

    public static bool Delete(SqliteSession session, string name)
    {
        if (Find(session, name) is not { } study)
        {
            return false;
        }

        session.Prepare("DELETE FROM hyperopt_event WHERE study = ?1").Bind(1, study).Run();
        session.Prepare("DELETE FROM hyperopt_claim WHERE study = ?1").Bind(1, study).Run();
        session.Prepare("DELETE FROM hyperopt_study WHERE id = ?1").Bind(1, study).Run();
        return true;
    }

    public static bool Rename(SqliteSession session, string name, string other)
    {
        var study = Find(session, name) ?? throw StudyName.Missing(name);
        if (Find(session, other) is not null)
        {
            throw StudyName.Taken(other);
        }

        session.Prepare("UPDATE hyperopt_study SET name = ?1 WHERE id = ?2").Bind(1, other).Bind(2, study).Run();
        return true;
    }
}
