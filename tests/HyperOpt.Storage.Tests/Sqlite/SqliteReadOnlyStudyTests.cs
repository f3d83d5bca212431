using HyperOpt.Sqlite;
using HyperOpt.Tests.Contracts;

namespace HyperOpt.Storage.Tests.Sqlite;

public sealed class SqliteReadOnlyStudyTests : ReadOnlyStudyContract
{
    protected override IStorage CreateStorage(string path) => new SqliteStorage(path);
}
