using HyperOpt.Storage;
using HyperOpt.Tests.Contracts;

namespace HyperOpt.Tests.Storage;

public sealed class InMemoryArtifactFencingTests : ArtifactFencingContract
{
    protected override IStorage CreateStorage(string path) => new InMemoryStorage();
}
