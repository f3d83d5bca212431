using Microsoft.Extensions.Logging;

namespace HyperOpt.Storage.Journal;

/// <summary>A journal's file, its lock and how it is written; shared by all logs that one storage opened.</summary>
internal sealed class JournalPlace
{
    private long _lookAt;

    public JournalPlace(string path, JournalOptions options)
    {
        Path = System.IO.Path.GetFullPath(path);
        Options = options;
        Lock = new JournalLock(Path, options.TimeProvider, waited => JournalMessages.WaitsLong(options.Logger, Path, waited));
        _lookAt = options.CompactAt;
    }

    public string Path { get; }

    public JournalOptions Options { get; }

    public ILogger Logger => Options.Logger;

    public JournalLock Lock { get; }

    /// <summary>Whether the file has grown so much that a compaction may pay.</summary>
    public bool MayCompact(long length) => length >= Volatile.Read(ref _lookAt);

    /// <summary>A file of this length is not worth another look before it has doubled.</summary>
    public void Compacted(long length) => Volatile.Write(ref _lookAt, Math.Max(Options.CompactAt, 2 * length));
}
