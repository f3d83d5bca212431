using HyperOpt.PostgreSql;
using HyperOpt.Tests.Contracts;

namespace HyperOpt.Storage.Tests.PostgreSql;

public sealed class PostgreSqlStorageTests(PostgreSqlCluster cluster) : StorageContract, IAsyncDisposable
{
    private readonly List<PostgreSqlStorage> _opened = [];

    protected override int Scenes => 10;

    public async ValueTask DisposeAsync()
    {
        foreach (var storage in _opened)
        {
            await storage.DisposeAsync();
        }
    }

    protected override ValueTask<IStorage> CreateStorageAsync() => new(Kept(cluster.NewStorage()));

    protected override ValueTask<IStorage> OpenAgainAsync(IStorage storage) => new(Kept(cluster.Open(((PostgreSqlStorage)storage).Schema)));

    private PostgreSqlStorage Kept(PostgreSqlStorage storage)
    {
        _opened.Add(storage);
        return storage;
    }
}
