using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace HyperOpt.Sqlite;

/// <summary>
/// Sees from a connection of its own when others have written. A poll reads one number of the database's header, which costs microseconds; only where
/// that has changed is the log looked at. Safe for concurrent use, beside the calls of its log too.
/// </summary>
internal sealed class SqliteWatch(SqliteDatabase database, long study) : IDisposable
{
    /// <summary>An idle worker polls this often; one that has just begun to wait, more often.</summary>
    private static readonly TimeSpan MaxPause = TimeSpan.FromMilliseconds(25);

    private readonly Lock _lock = new();
    private SqliteSession? _session;
    private bool _isDisposed;

    /// <summary>Ends when the log has events after a place, or no longer exists, or the time is up.</summary>
    public async ValueTask WaitAsync(Func<long> place, TimeSpan atMost, CancellationToken token)
    {
        var begun = Stopwatch.GetTimestamp();
        var isForEver = atMost == Timeout.InfiniteTimeSpan;
        var pause = TimeSpan.FromMilliseconds(1);
        long? version = null;
        while (!await database.RetryAsync(() => HasNews(place(), ref version), token).ConfigureAwait(false))
        {
            var left = isForEver ? MaxPause : atMost - Stopwatch.GetElapsedTime(begun);
            if (left <= TimeSpan.Zero)
            {
                return;
            }

            await Task.Delay(pause < left ? pause : left, token).ConfigureAwait(false);
            pause = 2 * pause < MaxPause ? 2 * pause : MaxPause;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            _session?.Dispose();
            _session = null;
        }
    }

    private bool HasNews(long place, ref long? version)
    {
        lock (_lock)
        {
            if (_isDisposed)
            {
                return true; // whoever waits finds out at the next call
            }

            _session ??= database.Open(SqliteOpenMode.ReadOnly);
            var current = _session.Prepare("PRAGMA data_version").Scalar();
            if (current == version)
            {
                return false;
            }

            version = current;
            return _session.Prepare("SELECT 1 FROM hyperopt_event WHERE study = ?1 AND seq > ?2 LIMIT 1").Bind(1, study).Bind(2, place).Scalar() is not null
                || !SqliteStudies.Exists(_session, study);
        }
    }
}
