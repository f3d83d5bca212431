using System.Diagnostics;
using System.Security.Cryptography;

namespace HyperOpt.PostgreSql;

/// <summary>
/// The pauses between attempts at a server that has gone away: twice as long each time, and uneven, so that a fleet does not come back at once. They do
/// not reach the results of a study.
/// </summary>
internal sealed class Backoff(TimeSpan limit)
{
    private const int MaxMilliseconds = 2000;

    private readonly long _begun = Stopwatch.GetTimestamp();
    private int _most = 100;

    /// <summary>Whether there is time for another attempt; after a pause, if there is.</summary>
    public async ValueTask<bool> WaitAsync(CancellationToken token)
    {
        var left = limit - Stopwatch.GetElapsedTime(_begun);
        if (left <= TimeSpan.Zero)
        {
            return false;
        }

        var pause = TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(_most / 2, _most + 1));
        await Task.Delay(pause < left ? pause : left, token).ConfigureAwait(false);
        _most = Math.Min(2 * _most, MaxMilliseconds);
        return true;
    }
}
