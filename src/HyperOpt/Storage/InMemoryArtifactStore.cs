using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace HyperOpt.Storage;

/// <summary>Keeps artifacts in the memory of the process.</summary>
public sealed class InMemoryArtifactStore : IArtifactStore
{
    private readonly ConcurrentDictionary<(string Study, string Key), byte[]> _contents = new();

    /// <summary>How many bytes are kept, of all studies.</summary>
    public long Length => _contents.Values.Sum(content => (long)content.Length);

    /// <inheritdoc/>
    public async ValueTask WriteAsync(string study, string key, Stream content, CancellationToken token)
    {
        ArtifactKey.Check(study);
        ArtifactKey.Check(key);
        ArgumentNullException.ThrowIfNull(content);
        using var memory = new MemoryStream();
        await content.CopyToAsync(memory, token).ConfigureAwait(false);
        if (!_contents.TryAdd((study, key), memory.ToArray()))
        {
            throw new IOException($"A key is written once, but '{key}' of study {study} is in use. Take a new one.");
        }
    }

    /// <inheritdoc/>
    public ValueTask<Stream?> OpenAsync(string study, string key, CancellationToken token)
    {
        ArtifactKey.Check(study);
        ArtifactKey.Check(key);
        return new ValueTask<Stream?>(_contents.TryGetValue((study, key), out var content) ? new MemoryStream(content, writable: false) : null);
    }

    /// <inheritdoc/>
    public ValueTask DeleteAsync(string study, string key, CancellationToken token)
    {
        ArtifactKey.Check(study);
        ArtifactKey.Check(key);
        _contents.TryRemove((study, key), out _);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<string>> ListAsync(string study, CancellationToken token)
    {
        ArtifactKey.Check(study);
        return new ValueTask<ImmutableArray<string>>(
            [.. _contents.Keys.Where(entry => entry.Study == study).Select(entry => entry.Key).Order(StringComparer.Ordinal)]);
    }
}
