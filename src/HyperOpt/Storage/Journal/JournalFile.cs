using Microsoft.Win32.SafeHandles;

namespace HyperOpt.Storage.Journal;

/// <summary>Opens and makes the files of journals.</summary>
internal static class JournalFile
{
    /// <summary>Opens the file so that others may read, append and replace it; null if there is none.</summary>
    /// <exception cref="IOException">The path is a folder, or has none.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be opened so.</exception>
    public static SafeFileHandle? TryOpen(string path, FileAccess access)
    {
        try
        {
            return File.OpenHandle(path, FileMode.Open, access, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (DirectoryNotFoundException) when (access == FileAccess.Read)
        {
            return null;
        }
        catch (DirectoryNotFoundException exception)
        {
            throw JournalError.NoFolder(path, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Directory.Exists(path) ? JournalError.Folder(path) : JournalError.Denied(path, exception);
        }
    }

    /// <summary>The first line, without its end; empty if the file is.</summary>
    /// <exception cref="InvalidDataException">It has none that may be a header.</exception>
    public static byte[] ReadHeader(SafeFileHandle handle, string path)
    {
        Span<byte> start = stackalloc byte[JournalHeader.MaxLength];
        start = start[..RandomAccess.Read(handle, start, 0)];
        var end = start.IndexOf((byte)'\n');
        return start.IsEmpty ? []
            : end > 0 ? start[..end].ToArray()
            : throw JournalError.NoJournal(path, start);
    }

    /// <summary>Puts a file in the place of the journal, at once: whoever opens it finds the old or the new one, whole. Under the lock.</summary>
    /// <param name="path">The journal.</param>
    /// <param name="write">Writes it; says whether it is to be put there.</param>
    /// <exception cref="IOException">It cannot be written; the journal is as it was.</exception>
    public static bool TryReplace(string path, Func<Stream, bool> write)
    {
        var made = path + ".tmp"; // one that a crash left is written over
        try
        {
            var isWanted = false;
            using (var file = new FileStream(made, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 16))
            {
                isWanted = write(file);
                file.Flush(isWanted); // to the disk before the rename: never a name without its content
            }

            if (isWanted)
            {
                File.Move(made, path, overwrite: true);
            }
            else
            {
                TryDelete(made);
            }

            return isWanted;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            TryDelete(made);
            throw JournalError.CannotWrite(path, exception);
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Left over; the next compaction writes over it.
        }
    }
}
