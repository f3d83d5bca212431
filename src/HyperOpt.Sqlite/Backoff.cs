using System.Diagnostics;
using System.Security.Cryptography;

namespace HyperOpt.Sqlite;

/// <summary>
/// The pauses between attempts at a database that another is writing to. A commit takes a few milliseconds at the most, so they stay short; they are
/// uneven so that processes do not keep in step. They do not reach the results of a study.
/// </summary>
internal sealed class Backoff(string path, TimeSpan limit)
{
    private const int MaxMilliseconds = 16;

    private readonly long _begun = Stopwatch.GetTimestamp();
    private int _most = 1;

    /// <summary>Waits a little.</summary>
    /// <exception cref="TimeoutException">It has gone on for too long.</exception>
    public async ValueTask WaitAsync(Exception? cause, CancellationToken token)
    {
        if (Stopwatch.GetElapsedTime(_begun) > limit)
        {
            throw SqliteErrors.StillBusy(path, limit, cause);
        }

        await Task.Delay(RandomNumberGenerator.GetInt32(1, _most + 1), token).ConfigureAwait(false);
        _most = Math.Min(2 * _most, MaxMilliseconds);
    }
}
