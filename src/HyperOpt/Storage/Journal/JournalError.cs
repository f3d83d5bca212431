using System.Text;

namespace HyperOpt.Storage.Journal;

/// <summary>What can be wrong with a journal's file: the law, the facts, the remedy.</summary>
internal static class JournalError
{
    /// <summary>How much of a damaged line a message shows.</summary>
    private const int Shown = 60;

    public static InvalidDataException NoJournal(string path, ReadOnlySpan<byte> start) => new(
        $"A journal begins with a header of \"{JournalHeader.FormatName}\", but '{path}' begins: {Start(start)}. Take another path; this file was left as it is.");

    public static InvalidDataException Newer(string path, int version) => new(
        $"This version reads journals up to format {EventSerializer.FormatVersion}, but '{path}' has format {version}. Update HyperOpt; the file was left as it is.");

    public static InvalidDataException Damaged(string path, long line, long offset, ReadOnlySpan<byte> start) => new(
        $"The lines of a journal carry their checksums, but line {line} of '{path}', at byte {offset}, does not fit its own, and whole lines follow it. It begins: {Start(start)}. "
        + $"Nothing was changed. Restore the file from a copy; or keep what came before by cutting it at byte {offset}; or take out that line if you can do without it.");

    public static InvalidDataException Unreadable(string path, long line, long offset, InvalidDataException inner) => new(
        $"Line {line} of '{path}', at byte {offset}, is whole but cannot be read. {inner.Message} Nothing was changed.", inner);

    public static InvalidDataException Shortened(string path, long offset, long length) => new(
        $"A journal only grows, but '{path}' was cut to {length} bytes below the {offset} that were read. Open the study anew to go on from what is left.");

    public static IOException Folder(string path) => new(
        $"A journal is a file, but '{path}' is a folder. Name a file in it.");

    public static DirectoryNotFoundException NoFolder(string path, Exception inner) => new(
        $"The folder of a journal must exist, but that of '{path}' does not. Create it first.", inner);

    public static UnauthorizedAccessException Denied(string path, Exception inner) => new(
        $"Who works on a journal must be allowed to write it, its folder and the lock '{path}.lock' beside it, but: {inner.Message} Grant that, or open the study with OpenMode.Read.", inner);

    public static IOException CannotWrite(string path, Exception inner) => new(
        $"Events are appended to a journal all or none, and none was to '{path}': {inner.Message} Make room on its disk, or see to its permissions, and try again; the study goes on from there.",
        inner);

    public static IOException NotFlushed(string path, Exception inner) => new(
        $"Events are forced to the disk of a journal, but the disk of '{path}' did not confirm it: {inner.Message} They are in the file, and may be lost if the power fails.", inner);

    private static string Start(ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, Shown)]);
        return bytes.IsEmpty ? "(nothing)" : string.Concat(text.Select(symbol => char.IsControl(symbol) ? '.' : symbol));
    }
}
