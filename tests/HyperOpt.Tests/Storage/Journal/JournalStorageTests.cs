using HyperOpt.Storage;
using HyperOpt.Tests.Contracts;
using HyperOpt.Tests.Support;

namespace HyperOpt.Tests.Storage.Journal;

public sealed class JournalStorageTests : StorageContract, IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Dictionary<IStorage, string> _paths = [];

    protected override ValueTask<IStorage> CreateStorageAsync() => new(Open(_folder[$"{_paths.Count}.journal"]));

    protected override ValueTask<IStorage> OpenAgainAsync(IStorage storage) => new(Open(_paths[storage]));

    public void Dispose() => _folder.Dispose();

    private JournalStorage Open(string path)
    {
        var storage = new JournalStorage(path);
        _paths.Add(storage, path);
        return storage;
    }
}
