using HyperOpt.Storage;
using HyperOpt.Tests.Contracts;

namespace HyperOpt.Tests.Storage.Journal;

public sealed class JournalReadOnlyStudyTests : ReadOnlyStudyContract
{
    protected override IStorage CreateStorage(string path) => new JournalStorage(path);
}
