using System.Data;
using Npgsql;

namespace HyperOpt.PostgreSql;

/// <summary>A connection that comes back: what is lost with it is tried again until the server has been away for too long. Calls do not overlap.</summary>
internal sealed class PostgreSqlSession(PostgreSqlServer server) : IAsyncDisposable
{
    private NpgsqlConnection? _connection;

    /// <summary>Runs some work, and again if the connection is lost in it: it must be harmless to do twice.</summary>
    /// <param name="work">Given the connection, and how often it was tried before.</param>
    /// <param name="token">Stops waiting.</param>
    public async ValueTask<T> RunAsync<T>(Func<NpgsqlConnection, int, CancellationToken, ValueTask<T>> work, CancellationToken token)
    {
        Backoff? backoff = null;
        for (var attempt = 0; ; attempt++)
        {
            NpgsqlException lost;
            try
            {
                return await work(await ConnectionAsync(token).ConfigureAwait(false), attempt, token).ConfigureAwait(false);
            }
            catch (NpgsqlException exception) when (server.IsWorthAnotherAttempt(exception))
            {
                lost = exception;
            }
            catch (NpgsqlException exception)
            {
                throw PostgreSqlErrors.Of(exception, server.Name);
            }

            await DisposeAsync().ConfigureAwait(false);
            backoff ??= new Backoff(server.ReconnectTimeout);
            if (!await backoff.WaitAsync(token).ConfigureAwait(false))
            {
                throw PostgreSqlErrors.StayedAway(server.Name, server.ReconnectTimeout, lost);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is { } connection)
        {
            _connection = null;
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask<NpgsqlConnection> ConnectionAsync(CancellationToken token)
    {
        if (_connection is { State: not ConnectionState.Open })
        {
            await DisposeAsync().ConfigureAwait(false);
        }

        return _connection ??= await server.ConnectAsync(token).ConfigureAwait(false);
    }
}
