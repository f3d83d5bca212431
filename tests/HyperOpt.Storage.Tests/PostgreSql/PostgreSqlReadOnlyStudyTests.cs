using HyperOpt.PostgreSql;
using HyperOpt.Tests.Contracts;

namespace HyperOpt.Storage.Tests.PostgreSql;

public sealed class PostgreSqlReadOnlyStudyTests(PostgreSqlCluster cluster) : ReadOnlyStudyContract, IAsyncDisposable
{
    private readonly List<PostgreSqlStorage> _opened = [];

    public async ValueTask DisposeAsync()
    {
        foreach (var storage in _opened)
        {
            await storage.DisposeAsync();
        }

        Dispose();
    }

    protected override IStorage CreateStorage(string path)
    {
        _opened.Add(cluster.NewStorage());
        return _opened[^1];
    }
}
