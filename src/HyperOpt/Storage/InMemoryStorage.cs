using System.Collections.Immutable;

namespace HyperOpt.Storage;

/// <summary>Keeps studies in the memory of the process. Several <c>Study</c> objects over one instance and name share one study.</summary>
public sealed class InMemoryStorage : IStorage
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, InMemoryEvents> _studies = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public IArtifactStore Artifacts { get; } = new InMemoryArtifactStore();

    /// <inheritdoc/>
    public ValueTask<IStudyLog> OpenAsync(string study, OpenMode mode, CancellationToken token)
    {
        StudyName.Check(study);
        lock (_lock)
        {
            if (!_studies.TryGetValue(study, out var events))
            {
                if (mode != OpenMode.OpenOrCreate)
                {
                    throw StudyName.Missing(study);
                }

                _studies.Add(study, events = new InMemoryEvents());
            }

            return new ValueTask<IStudyLog>(new InMemoryLog(study, events, mode == OpenMode.Read));
        }
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<string>> ListAsync(CancellationToken token)
    {
        lock (_lock)
        {
            return new ValueTask<ImmutableArray<string>>([.. _studies.Keys.Order(StringComparer.Ordinal)]);
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> DeleteAsync(string study, CancellationToken token)
    {
        StudyName.Check(study);
        lock (_lock)
        {
            if (_studies.Remove(study, out var events))
            {
                events.Delete();
                return new ValueTask<bool>(true);
            }

            return new ValueTask<bool>(false);
        }
    }

    /// <inheritdoc/>
    public ValueTask RenameAsync(string study, string name, CancellationToken token)
    {
        StudyName.Check(study);
        StudyName.Check(name);
        lock (_lock)
        {
            if (!_studies.TryGetValue(study, out var events))
            {
                throw StudyName.Missing(study);
            }

            if (!_studies.TryAdd(name, events))
            {
                throw StudyName.Taken(name);
            }

            _studies.Remove(study);
            return ValueTask.CompletedTask;
        }
    }
}
