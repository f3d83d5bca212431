using System.Collections.Immutable;
using HyperOpt.Storage;

namespace HyperOpt.Tests.Support;

/// <summary>A storage that knows no place for artifacts.</summary>
internal sealed class BareStorage(IStorage inner) : IStorage
{
    public ValueTask<IStudyLog> OpenAsync(string study, OpenMode mode, CancellationToken token) => inner.OpenAsync(study, mode, token);

    public ValueTask<ImmutableArray<string>> ListAsync(CancellationToken token) => inner.ListAsync(token);

    public ValueTask<bool> DeleteAsync(string study, CancellationToken token) => inner.DeleteAsync(study, token);

    public ValueTask RenameAsync(string study, string name, CancellationToken token) => inner.RenameAsync(study, name, token);
}
