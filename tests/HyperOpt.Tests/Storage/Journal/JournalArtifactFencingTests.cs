using HyperOpt.Storage;
using HyperOpt.Tests.Contracts;

namespace HyperOpt.Tests.Storage.Journal;

public sealed class JournalArtifactFencingTests : ArtifactFencingContract
{
    protected override IStorage CreateStorage(string path) => new JournalStorage(path);
}
