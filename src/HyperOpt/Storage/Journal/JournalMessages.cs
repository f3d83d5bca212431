using Microsoft.Extensions.Logging;

namespace HyperOpt.Storage.Journal;

/// <summary>What a journal logs.</summary>
internal static partial class JournalMessages
{
    [LoggerMessage(101, LogLevel.Warning, "Journal '{Path}' ended in a torn append, whose writer had died; its {Length} bytes after byte {Offset} were cut off")]
    public static partial void CutBack(ILogger logger, string path, long length, long offset);

    [LoggerMessage(102, LogLevel.Information, "Journal '{Path}' was compacted from {Before} to {After} bytes")]
    public static partial void Compacted(ILogger logger, string path, long before, long after);

    [LoggerMessage(103, LogLevel.Warning, "Journal '{Path}' is locked by another process; waiting for {Waited} so far")]
    public static partial void WaitsLong(ILogger logger, string path, TimeSpan waited);

    [LoggerMessage(104, LogLevel.Warning, "Journal '{Path}' could not be compacted; it is tried again when it has doubled")]
    public static partial void NotCompacted(ILogger logger, string path, Exception exception);
}
