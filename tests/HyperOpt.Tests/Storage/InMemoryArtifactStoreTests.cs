using HyperOpt.Storage;
using HyperOpt.Tests.Contracts;

namespace HyperOpt.Tests.Storage;

public sealed class InMemoryArtifactStoreTests : ArtifactStoreContract
{
    protected override IArtifactStore Store { get; } = new InMemoryArtifactStore();
}
