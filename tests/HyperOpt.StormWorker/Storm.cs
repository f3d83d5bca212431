using HyperOpt.PostgreSql;
using HyperOpt.Sqlite;
using HyperOpt.Storage;

namespace HyperOpt.StormWorker;

/// <summary>What a storm is made of.</summary>
/// <param name="Kind">Of the storage: journal, sqlite or postgresql.</param>
/// <param name="Place">The file, or the connection string.</param>
/// <param name="Workers">How many processes work at once.</param>
/// <param name="Trials">Of the study.</param>
/// <param name="Pause">From one kill to the next, on average.</param>
public sealed record Storm(string Kind, string Place, int Workers, int Trials, TimeSpan Pause)
{
    /// <summary>How many of the trials are enqueued.</summary>
    public int Enqueued { get; init; } = 20;

    /// <summary>How long a worker may be silent. On one machine the death of its process is seen before.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long all may take.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The storage of a kind.</summary>
    public static IStorage Open(string kind, string place) => kind switch
    {
        "journal" => new JournalStorage(place),
        "sqlite" => new SqliteStorage(place),
        "postgresql" => new PostgreSqlStorage(place),
        _ => throw new ArgumentException($"A kind is journal, sqlite or postgresql, but got '{kind}'."),
    };
}
