using HyperOpt.Sqlite;
using HyperOpt.Tests.Contracts;

namespace HyperOpt.Storage.Tests.Sqlite;

public sealed class SqliteStorageTests : StorageContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<IStorage, string> _paths = [];

    protected override int Scenes => 20;

    public void Dispose() => _folder.Dispose();

    protected override ValueTask<IStorage> CreateStorageAsync() => new(Open(_folder.File($"{_paths.Count}.db")));

    protected override ValueTask<IStorage> OpenAgainAsync(IStorage storage) => new(Open(_paths[storage]));

    private SqliteStorage Open(string path)
    {
        var storage = new SqliteStorage(path);
        _paths.Add(storage, path);
        return storage;
    }
}
