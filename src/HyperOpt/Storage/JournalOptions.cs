using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace HyperOpt.Storage;

/// <summary>How a journal is written.</summary>
public sealed record JournalOptions
{
    /// <summary>When events are forced to the disk. Default <see cref="Durability.EachTrialEnd"/>.</summary>
    public Durability Durability { get; init; } = Durability.EachTrialEnd;

    /// <summary>
    /// From which size of the file, in bytes, it is compacted by itself, if that at least halves it; it is looked at again each time the file
    /// has doubled. Default 32 MiB. <see cref="long.MaxValue"/>: only when told to.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public long CompactAt
    {
        get;
        init => field = value < 1
            ? throw new ArgumentOutOfRangeException(nameof(value), value, "1 <= CompactAt must hold: it is a size in bytes. Take some MiB, or long.MaxValue for never.")
            : value;
    } = 1 << 25;

    /// <summary>Who is told of torn ends that were cut back, of compactions and of long waits. Default: nobody.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>The clock of waits. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
