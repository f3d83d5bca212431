using System.Collections.Concurrent;

namespace HyperOpt.Storage;

/// <summary>Keeps studies in the memory of the process. Several <c>Study</c> objects over one instance and name share one study.</summary>
public sealed class InMemoryStorage : IStorage
{
    private readonly ConcurrentDictionary<string, InMemoryLog> _logs = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public ValueTask<IStudyLog> OpenAsync(string study, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(study);
        return new ValueTask<IStudyLog>(_logs.GetOrAdd(study, _ => new InMemoryLog()));
    }
}
