using System.Collections.Immutable;

namespace HyperOpt.Storage;

/// <summary>
/// Keeps artifacts as files: <c>folder/study-(id)/(key)</c>. Several processes and studies may share the folder. A file gets its name when it is whole
/// and flushed to the disk; until then it ends in <c>.part</c>. A study's folder goes with its last file.
/// </summary>
/// <remarks>No name that a person chose becomes part of a path: ids and keys are made by the library, and checked here again.</remarks>
public sealed class FileArtifactStore : IArtifactStore
{
    private const string StudyPrefix = "study-";
    private const string Unfinished = ".part";
    private const int BufferSize = 1 << 17;

    /// <summary>Keeps artifacts in a folder, which is created when the first is saved.</summary>
    /// <param name="folder">The folder's path.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    public FileArtifactStore(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        Folder = Path.GetFullPath(folder);
    }

    /// <summary>The folder, as an absolute path.</summary>
    public string Folder { get; }

    /// <inheritdoc/>
    public async ValueTask WriteAsync(string study, string key, Stream content, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(content);
        var path = PathOf(study, key);
        try
        {
            await WritePartAsync(CreatePart(path + Unfinished), content, token).ConfigureAwait(false);
            File.Move(path + Unfinished, path, overwrite: false);
        }
        catch
        {
            Remove(path + Unfinished);
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask<Stream?> OpenAsync(string study, string key, CancellationToken token)
    {
        var path = PathOf(study, key);
        try
        {
            return new ValueTask<Stream?>(new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.Open,
                Access = FileAccess.Read,
                Share = FileShare.Read | FileShare.Delete,
                BufferSize = BufferSize,
                Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
            }));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return new ValueTask<Stream?>((Stream?)null);
        }
    }

    /// <inheritdoc/>
    public ValueTask DeleteAsync(string study, string key, CancellationToken token)
    {
        var path = PathOf(study, key);
        Remove(path);
        Remove(path + Unfinished);
        RemoveIfEmpty(FolderOf(study));
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<string>> ListAsync(string study, CancellationToken token)
    {
        var folder = FolderOf(study);
        try
        {
            return new ValueTask<ImmutableArray<string>>(
            [
                .. Directory.EnumerateFiles(folder).Select(KeyOf).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
            ]);
        }
        catch (DirectoryNotFoundException)
        {
            return new ValueTask<ImmutableArray<string>>(ImmutableArray<string>.Empty);
        }
    }

    // Somebody may delete the study's last file meanwhile, and the folder with it: then it is made again.
    private static FileStream CreatePart(string path)
    {
        for (var attempts = 1000; ; attempts--)
        {
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            }
            catch (IOException) when (attempts > 1)
            {
                continue; // It was there when it was to be made, and gone when the runtime looked whether it is a folder.
            }

            try
            {
                return new FileStream(path, new FileStreamOptions
                {
                    Mode = FileMode.Create,
                    Access = FileAccess.Write,
                    Share = FileShare.None,
                    BufferSize = 0,
                    Options = FileOptions.Asynchronous,
                });
            }
            catch (IOException exception) when (attempts > 1 && exception is (DirectoryNotFoundException or FileNotFoundException))
            {
                // Gone before there was a file in it.
            }
        }
    }

    private static async ValueTask WritePartAsync(FileStream file, Stream content, CancellationToken token)
    {
        await using (file.ConfigureAwait(false))
        {
            await content.CopyToAsync(file, BufferSize, token).ConfigureAwait(false);
            file.Flush(flushToDisk: true);
        }
    }

    private static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (DirectoryNotFoundException)
        {
            // Then the file is not there either.
        }
    }

    private static void RemoveIfEmpty(string folder)
    {
        try
        {
            if (!Directory.EnumerateFileSystemEntries(folder).Any())
            {
                Directory.Delete(folder);
            }
        }
        catch (IOException)
        {
            // It is gone, or somebody writes there: then it stays.
        }
    }

    private static string KeyOf(string path) =>
        path.EndsWith(Unfinished, StringComparison.Ordinal) ? Path.GetFileNameWithoutExtension(path) : Path.GetFileName(path);

    private string PathOf(string study, string key)
    {
        ArtifactKey.Check(key);
        return Path.Combine(FolderOf(study), key);
    }

    private string FolderOf(string study)
    {
        ArtifactKey.Check(study);
        return Path.Combine(Folder, StudyPrefix + study);
    }
}
