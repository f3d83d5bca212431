using System.Collections.Immutable;
using System.Text.Json;
using HyperOpt.Storage.Journal;

namespace HyperOpt.Storage;

/// <summary>
/// Keeps studies in one file, as lines of JSON, each with a checksum. Several processes of one machine may work on it at once: who writes holds a
/// lock on the file of the same name with <c>.lock</c> added, which ends with its process however that ends; who reads needs none. An append
/// that was torn by the death of its writer counts as never made, and the next writer cuts it off.
/// </summary>
/// <remarks>The format is documented in docs/journal-format.md. On file systems of a network the lock may not be seen by other machines: use a server's storage there.</remarks>
public sealed class JournalStorage : IStorage
{
    private readonly JournalPlace _place;

    /// <summary>A journal at a path; its file is made when the first study is.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="options">How it is written.</param>
    public JournalStorage(string path, JournalOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _place = new JournalPlace(path, options ?? new JournalOptions());
        Artifacts = new FileArtifactStore(path + ".artifacts");
    }

    /// <summary>A folder of the same name as the file with <c>.artifacts</c> added.</summary>
    public IArtifactStore Artifacts { get; }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The file is no journal, of a newer format, or damaged.</exception>
    /// <exception cref="UnauthorizedAccessException">The file, its folder or its lock may not be used so.</exception>
    /// <exception cref="IOException">The path is a folder, its folder is missing, or there is no room for a new study.</exception>
    public async ValueTask<IStudyLog> OpenAsync(string study, OpenMode mode, CancellationToken token)
    {
        StudyName.Check(study);
        var number = ReadCatalog().Find(study);
        if (number is null)
        {
            number = mode == OpenMode.OpenOrCreate ? await CreateAsync(study, token).ConfigureAwait(false) : throw StudyName.Missing(study);
        }

        return new JournalLog(_place, study, number.Value, mode == OpenMode.Read);
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<string>> ListAsync(CancellationToken token) => new([.. ReadCatalog().Names]);

    /// <inheritdoc/>
    public async ValueTask<bool> DeleteAsync(string study, CancellationToken token)
    {
        StudyName.Check(study);
        if (ReadCatalog().Find(study) is null)
        {
            return false;
        }

        using (await _place.Lock.TakeAsync(token).ConfigureAwait(false))
        {
            return Write(catalog => catalog.Find(study) is { } number ? (number, new StudyLine { Event = "study_deleted" }) : null) is not null;
        }
    }

    /// <inheritdoc/>
    public async ValueTask RenameAsync(string study, string name, CancellationToken token)
    {
        StudyName.Check(study);
        StudyName.Check(name);
        _ = ReadCatalog().Find(study) ?? throw StudyName.Missing(study);
        using (await _place.Lock.TakeAsync(token).ConfigureAwait(false))
        {
            Write(catalog =>
            {
                var number = catalog.Find(study) ?? throw StudyName.Missing(study);
                return catalog.Find(name) is null ? (number, new StudyLine { Event = "study", Name = name }) : throw StudyName.Taken(name);
            });
        }
    }

    /// <summary>
    /// Writes the file anew with what is left to know of each trial, in the order in which they ended, and without deleted studies. Others may go on
    /// working meanwhile: their appends wait a moment.
    /// </summary>
    /// <param name="token">Stops waiting for the lock.</param>
    /// <exception cref="IOException">There is no room; the file is as it was.</exception>
    public async ValueTask CompactAsync(CancellationToken token = default)
    {
        if (File.Exists(_place.Path))
        {
            await JournalCompaction.RunAsync(_place, token).ConfigureAwait(false);
        }
    }

    private async ValueTask<int> CreateAsync(string study, CancellationToken token)
    {
        using (await _place.Lock.TakeAsync(token).ConfigureAwait(false))
        {
            if (new FileInfo(_place.Path) is not { Exists: true, Length: > 0 })
            {
                JournalFile.TryReplace(_place.Path, WriteHeader);
            }

            var number = 0;
            Write(catalog =>
            {
                number = catalog.Find(study) ?? 0;
                if (number > 0)
                {
                    return null; // another was faster
                }

                number = catalog.Next;
                return (number, new StudyLine { Event = "study", Name = study });
            });
            return number;
        }
    }

    // A line that ends the snapshot of nothing, so that all journals are alike.
    private static bool WriteHeader(Stream file)
    {
        file.Write(JournalHeader.Create().ToLine());
        JournalLine.Write(file, 0, false, JsonSerializer.SerializeToUtf8Bytes(new SnapshotEnd { Lines = 0 }, JournalContext.Default.SnapshotEnd));
        return true;
    }

    private Catalog ReadCatalog()
    {
        var catalog = new Catalog();
        using var follower = new JournalFollower(_place.Path, FileAccess.Read, catalog);
        follower.Advance();
        return catalog;
    }

    // Under the lock.
    private Catalog? Write(Func<Catalog, (int Study, StudyLine Line)?> decide)
    {
        var catalog = new Catalog();
        using var follower = new JournalFollower(_place.Path, FileAccess.ReadWrite, catalog);
        follower.Advance();
        if (decide(catalog) is not { } written)
        {
            return null;
        }

        if (follower.CutBack() is > 0 and var torn)
        {
            JournalMessages.CutBack(_place.Logger, _place.Path, torn, follower.Offset);
        }

        using var line = new MemoryStream();
        JournalLine.Write(line, written.Study, false, JsonSerializer.SerializeToUtf8Bytes(written.Line, JournalContext.Default.StudyLine));
        follower.Append(line.ToArray(), 1);
        if (_place.Options.Durability != Durability.OperatingSystem)
        {
            follower.Flush();
        }

        return catalog;
    }
}
