using System.Collections.Immutable;
using HyperOpt.Engine;
using HyperOpt.Storage;
using HyperOpt.Trials;

namespace HyperOpt;

/// <summary>The studies of a storage, with their artifacts: to list, open, rename, copy, delete, export and import them. Safe for concurrent use.</summary>
public sealed class StudyStore
{
    /// <summary>The studies of a storage.</summary>
    /// <param name="storage">Where they are kept.</param>
    /// <param name="artifacts">Where their artifacts are kept. Default null: where the storage says.</param>
    public StudyStore(IStorage storage, IArtifactStore? artifacts = null)
    {
        ArgumentNullException.ThrowIfNull(storage);
        Storage = storage;
        Artifacts = artifacts ?? storage.Artifacts;
    }

    /// <summary>Where the studies are kept.</summary>
    public IStorage Storage { get; }

    /// <summary>Where their artifacts are kept; null: nowhere.</summary>
    public IArtifactStore? Artifacts { get; }

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>The names of all studies, in ordinal order.</summary>
    /// <param name="token">Stops waiting.</param>
    public ValueTask<ImmutableArray<string>> ListAsync(CancellationToken token = default) => Storage.ListAsync(token);

    /// <summary>Opens a study, or creates it if there is none of that name.</summary>
    /// <param name="options">What the study is; its storage and artifact store are those of this object.</param>
    /// <param name="token">Stops waiting.</param>
    /// <exception cref="InvalidOperationException">The study exists with another seed or other directions, or a space that none of its values fit.</exception>
    public ValueTask<Study> OpenOrCreateAsync(StudyOptions options, CancellationToken token = default) => OpenAsync(options, OpenMode.OpenOrCreate, token);

    /// <summary>Opens a study that exists.</summary>
    /// <param name="options">What the study is; its storage and artifact store are those of this object.</param>
    /// <param name="token">Stops waiting.</param>
    /// <exception cref="KeyNotFoundException">There is none of that name.</exception>
    /// <exception cref="InvalidOperationException">The study exists with another seed or other directions, or a space that none of its values fit.</exception>
    public ValueTask<Study> OpenAsync(StudyOptions options, CancellationToken token = default) => OpenAsync(options, OpenMode.Open, token);

    /// <summary>Opens a study to look at, whatever its directions and seed: nothing that is done with it can hold up or change a study that runs.</summary>
    /// <remarks>It shows the study as it was when it was opened, or last asked for news by <see cref="Study.RefreshAsync"/>. Asking, telling, enqueuing and noting throw <see cref="InvalidOperationException"/>.</remarks>
    /// <param name="study">Its name.</param>
    /// <param name="token">Stops waiting.</param>
    /// <exception cref="KeyNotFoundException">There is none of that name.</exception>
    public ValueTask<Study> ReadAsync(string study, CancellationToken token = default) => OpenAsync(new StudyOptions { Name = study }, OpenMode.Read, token);

    /// <summary>Gives a study another name. Whoever works on it goes on; its artifacts stay its own.</summary>
    /// <param name="study">Its name.</param>
    /// <param name="name">The new name.</param>
    /// <param name="token">Stops waiting.</param>
    /// <exception cref="KeyNotFoundException">There is none of that name.</exception>
    /// <exception cref="InvalidOperationException">The new name is taken.</exception>
    public ValueTask RenameAsync(string study, string name, CancellationToken token = default) => Storage.RenameAsync(study, name, token);

    /// <summary>Deletes a study and its artifacts for good. Whoever works on it is told at the next call.</summary>
    /// <param name="study">Its name.</param>
    /// <param name="token">Stops waiting; part of the artifacts may be gone then.</param>
    /// <returns>False if there was none.</returns>
    public async ValueTask<bool> DeleteAsync(string study, CancellationToken token = default)
    {
        string id;
        try
        {
            id = IdIn(await EventsAsync(study, token).ConfigureAwait(false));
        }
        catch (KeyNotFoundException)
        {
            return false;
        }

        // Before, so that nothing is left that no log tells of, should this be cut short; after, for what a worker saved in between.
        await DiscardArtifactsAsync(id, token).ConfigureAwait(false);
        var deleted = await Storage.DeleteAsync(study, token).ConfigureAwait(false);
        await DiscardArtifactsAsync(id, token).ConfigureAwait(false);
        return deleted;
    }

    /// <summary>
    /// Copies a study with its artifacts to any storage, under this or another name. The copy goes on by itself, with the same seed. Of a study that runs it has
    /// all that had happened at one moment; trials that were under way wait in the copy to be tried.
    /// </summary>
    /// <param name="study">Its name.</param>
    /// <param name="target">Where to; this object for a copy beside it.</param>
    /// <param name="name">The copy's name. Default null: the same.</param>
    /// <param name="token">Stops copying; there is no copy then.</param>
    /// <exception cref="KeyNotFoundException">There is no study of that name.</exception>
    /// <exception cref="InvalidOperationException">The copy's name is taken.</exception>
    public async ValueTask CopyAsync(string study, StudyStore target, string? name = null, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        var events = await EventsAsync(study, token).ConfigureAwait(false);
        var id = StudyEngine.NewId();
        name ??= study;
        if ((await target.ListAsync(token).ConfigureAwait(false)).Contains(name))
        {
            throw StudyName.Taken(name);
        }

        HashSet<string> copied;
        try
        {
            copied = await CopyArtifactsAsync(IdIn(events), target.Artifacts, id, token).ConfigureAwait(false);
        }
        catch
        {
            await target.DiscardArtifactsAsync(id, CancellationToken.None).ConfigureAwait(false);
            throw;
        }

        var prepared = Transplant.Prepare(events.Span, id, artifact => copied.Contains(artifact.Key), TimeProvider.GetUtcNow());
        if (!await target.TryCreateAsync(name, prepared, token).ConfigureAwait(false))
        {
            await target.DiscardArtifactsAsync(id, CancellationToken.None).ConfigureAwait(false);
            throw StudyName.Taken(name);
        }
    }

    /// <summary>Writes a study as lines of JSON: a header, then each event. Artifacts do not come along; <see cref="CopyAsync"/> takes them.</summary>
    /// <param name="study">Its name.</param>
    /// <param name="destination">Where to; stays open.</param>
    /// <param name="token">Stops writing.</param>
    /// <exception cref="KeyNotFoundException">There is none of that name.</exception>
    public async ValueTask ExportAsync(string study, Stream destination, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        var events = await EventsAsync(study, token).ConfigureAwait(false);
        await JsonLines.WriteAsync(study, events, destination, token).ConfigureAwait(false);
    }

    /// <summary>Creates a study from what <see cref="ExportAsync"/> wrote: all of it, or nothing. Trials that were under way wait to be tried; artifacts are left out.</summary>
    /// <param name="source">Where from; stays open.</param>
    /// <param name="name">The study's name. Default null: the one that it had.</param>
    /// <param name="token">Stops reading.</param>
    /// <returns>The study's name.</returns>
    /// <exception cref="InvalidDataException">It is no such file, or one of a newer version, damaged or cut off.</exception>
    /// <exception cref="InvalidOperationException">The name is taken.</exception>
    public async ValueTask<string> ImportAsync(Stream source, string? name = null, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        var (study, events) = await JsonLines.ReadAsync(source, token).ConfigureAwait(false);
        name ??= study;
        var prepared = Transplant.Prepare(events.AsSpan(), StudyEngine.NewId(), _ => false, TimeProvider.GetUtcNow());
        return await TryCreateAsync(name, prepared, token).ConfigureAwait(false) ? name : throw StudyName.Taken(name);
    }

    /// <summary>Writes the trials of a study as a table, see <see cref="TrialCsv"/>.</summary>
    /// <param name="study">Its name.</param>
    /// <param name="writer">Where to; stays open.</param>
    /// <param name="token">Stops writing.</param>
    /// <exception cref="KeyNotFoundException">There is none of that name.</exception>
    public async ValueTask ExportCsvAsync(string study, TextWriter writer, CancellationToken token = default)
    {
        var opened = await ReadAsync(study, token).ConfigureAwait(false);
        await using (opened.ConfigureAwait(false))
        {
            await TrialCsv.WriteAsync(opened.Trials, writer, token).ConfigureAwait(false);
        }
    }

    // Empty if a log without one was made by hand; it has no artifacts then.
    private static string IdIn(ReadOnlyMemory<StudyEvent> events)
    {
        foreach (var entry in events.Span)
        {
            if (entry is StudyCreated created)
            {
                return created.Id;
            }
        }

        return "";
    }

    private async ValueTask<Study> OpenAsync(StudyOptions options, OpenMode mode, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(options);
        return await Study.OpenAsync(options with { Storage = Storage, Artifacts = Artifacts, Mode = mode }, token).ConfigureAwait(false);
    }

    private async ValueTask<ReadOnlyMemory<StudyEvent>> EventsAsync(string study, CancellationToken token)
    {
        var log = await Storage.OpenAsync(study, OpenMode.Read, token).ConfigureAwait(false);
        await using (log.ConfigureAwait(false))
        {
            return (await log.ReadAsync(token).ConfigureAwait(false)).Events;
        }
    }

    // All events at once: nobody sees part of a study. False if the name is taken.
    private async ValueTask<bool> TryCreateAsync(string name, ImmutableArray<StudyEvent> events, CancellationToken token)
    {
        var log = await Storage.OpenAsync(name, OpenMode.OpenOrCreate, token).ConfigureAwait(false);
        await using (log.ConfigureAwait(false))
        {
            return (await log.AppendAsync(events, token).ConfigureAwait(false)).IsAccepted;
        }
    }

    // The keys of what was copied: what goes away meanwhile is not.
    private async ValueTask<HashSet<string>> CopyArtifactsAsync(string from, IArtifactStore? target, string to, CancellationToken token)
    {
        var copied = new HashSet<string>(StringComparer.Ordinal);
        if (Artifacts is not { } source || target is null || from.Length == 0)
        {
            return copied;
        }

        foreach (var key in await source.ListAsync(from, token).ConfigureAwait(false))
        {
            if (await source.OpenAsync(from, key, token).ConfigureAwait(false) is { } content)
            {
                await using (content.ConfigureAwait(false))
                {
                    await target.WriteAsync(to, key, content, token).ConfigureAwait(false);
                    copied.Add(key);
                }
            }
        }

        return copied;
    }

    private async ValueTask DiscardArtifactsAsync(string id, CancellationToken token)
    {
        if (Artifacts is { } store && id.Length > 0)
        {
            foreach (var key in await store.ListAsync(id, token).ConfigureAwait(false))
            {
                await store.DeleteAsync(id, key, token).ConfigureAwait(false);
            }
        }
    }
}
