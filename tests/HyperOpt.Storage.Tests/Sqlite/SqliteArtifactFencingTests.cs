using HyperOpt.Sqlite;
using HyperOpt.Tests.Contracts;

namespace HyperOpt.Storage.Tests.Sqlite;

public sealed class SqliteArtifactFencingTests : ArtifactFencingContract
{
    protected override IStorage CreateStorage(string path) => new SqliteStorage(path);
}
