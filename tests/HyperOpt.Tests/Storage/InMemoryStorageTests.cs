using HyperOpt.Storage;
using HyperOpt.Tests.Contracts;

namespace HyperOpt.Tests.Storage;

public sealed class InMemoryStorageTests : StorageContract
{
    protected override ValueTask<IStorage> CreateStorageAsync() => new(new InMemoryStorage());

    protected override ValueTask<IStorage> OpenAgainAsync(IStorage storage) => new(storage);
}
