using System.Diagnostics;
using Npgsql;

namespace HyperOpt.PostgreSql;

/// <summary>
/// Hears on a connection of its own when others have written, from the first wait on. While there is no such connection, whoever waits looks
/// now and then. Safe for concurrent use, beside the calls of its log too.
/// </summary>
internal sealed class PostgreSqlWatch(PostgreSqlServer server, long study) : IAsyncDisposable
{
    /// <summary>How soon to look without having heard anything: while there is no connection to hear on.</summary>
    private static readonly TimeSpan DeafPause = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _closing = new();
    private TaskCompletionSource _heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task? _listening;
    private long _last; // the last sequence number that was heard of
    private bool _isDeaf = true;

    /// <summary>Ends when there are events after a place, or may be, or the time is up.</summary>
    public async ValueTask WaitAsync(Func<long> place, TimeSpan atMost, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        var begun = Stopwatch.GetTimestamp();
        while (true)
        {
            Task heard;
            bool isDeaf;
            lock (_lock)
            {
                if (_last > place() || _closing.IsCancellationRequested)
                {
                    return;
                }

                _listening ??= Task.Run(ListenAsync, CancellationToken.None);
                (heard, isDeaf) = (_heard.Task, _isDeaf);
            }

            var left = atMost == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : atMost - Stopwatch.GetElapsedTime(begun);
            if (left <= TimeSpan.Zero)
            {
                return;
            }

            var pause = isDeaf && DeafPause < left ? DeafPause : left;
            try
            {
                await heard.WaitAsync(pause == TimeSpan.MaxValue ? Timeout.InfiniteTimeSpan : pause, token).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                if (isDeaf)
                {
                    return; // there may be news
                }
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        Hear(0, isDeaf: true);
        if (_listening is { } listening)
        {
            await listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _closing.Dispose();
    }

    private async Task ListenAsync()
    {
        var backoff = new Backoff(TimeSpan.MaxValue);
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                await using var connection = await server.ConnectAsync(_closing.Token).ConfigureAwait(false);
                connection.Notification += (_, news) => Hear(long.TryParse(news.Payload, out var last) ? last : long.MaxValue, isDeaf: false);
                await using var listen = new NpgsqlCommand($"LISTEN \"{server.Channel}{study}\"", connection);
                await listen.ExecuteNonQueryAsync(_closing.Token).ConfigureAwait(false);

                // What came before it listened.
                await using var look = new NpgsqlCommand(server.Sql("SELECT max(seq) FROM $schema$.hyperopt_event WHERE study = $1"), connection)
                {
                    Parameters = { new NpgsqlParameter<long> { TypedValue = study } },
                };
                Hear(await look.ExecuteScalarAsync(_closing.Token).ConfigureAwait(false) is long last ? last : 0, isDeaf: false);
                backoff = new Backoff(TimeSpan.MaxValue);
                while (true)
                {
                    await connection.WaitAsync(_closing.Token).ConfigureAwait(false);
                }
            }
            catch (Exception exception) when (exception is NpgsqlException or OperationCanceledException or IOException or ObjectDisposedException or InvalidOperationException)
            {
                // The log itself says what is wrong with the server; here it is only deaf until it comes back.
                Hear(0, isDeaf: true);
                await PauseAsync(backoff).ConfigureAwait(false);
            }
        }
    }

    private async Task PauseAsync(Backoff backoff)
    {
        try
        {
            await backoff.WaitAsync(_closing.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // It is closed.
        }
    }

    private void Hear(long last, bool isDeaf)
    {
        TaskCompletionSource heard;
        lock (_lock)
        {
            _last = Math.Max(_last, last);
            _isDeaf = isDeaf;
            (heard, _heard) = (_heard, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        heard.SetResult();
    }
}
