using HyperOpt.Storage;
using HyperOpt.Tests.Contracts;

namespace HyperOpt.Tests.Storage;

public sealed class InMemoryStudyStoreTests : StudyStoreContract
{
    protected override IStorage CreateStorage(string path) => new InMemoryStorage();
}
