using HyperOpt.Sqlite;
using HyperOpt.Tests.Contracts;

namespace HyperOpt.Storage.Tests.Sqlite;

public sealed class SqliteStudyStoreTests : StudyStoreContract
{
    protected override IStorage CreateStorage(string path) => new SqliteStorage(path);
}
