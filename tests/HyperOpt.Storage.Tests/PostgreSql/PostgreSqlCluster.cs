using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using HyperOpt.PostgreSql;
using HyperOpt.Storage.Tests.PostgreSql;
using Xunit;

[assembly: AssemblyFixture(typeof(PostgreSqlCluster))]

namespace HyperOpt.Storage.Tests.PostgreSql;

/// <summary>
/// A PostgreSQL of its own in a throwaway folder, started from the installed programs; it fsyncs and asks for passwords, like a real one. Where it is not
/// installed, every test that needs it fails: nothing is skipped.
/// </summary>
public sealed class PostgreSqlCluster : IAsyncLifetime
{
    public const string Password = "s3cret-Kraken-41";

    private readonly string _folder = Directory.CreateTempSubdirectory("hyperopt-pg-").FullName;
    private int _schemas;

    public int Port { get; private set; }

    public string ConnectionString => $"Host=127.0.0.1;Port={Port};Username=postgres;Password={Password};Database=postgres;Maximum Pool Size=100";

    private string Data => Path.Combine(_folder, "data");

    public async ValueTask InitializeAsync()
    {
        Port = FreePort();
        var passwords = Path.Combine(_folder, "password");
        await File.WriteAllTextAsync(passwords, Password);
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("chown", "-R", "postgres", _folder); // the server refuses to run as root
        }

        await RunServerProgramAsync("initdb", "-N", "-D", Data, "-U", "postgres", "-A", "scram-sha-256", "--pwfile", passwords, "-E", "UTF8", "--locale=C.UTF-8");
        await StartAsync();
    }

    public Task StartAsync() => RunServerProgramAsync(
        "pg_ctl", "-D", Data, "-w", "-t", "60", "-l", Path.Combine(_folder, "log"), "-o", $"-p {Port} -k {_folder} -c listen_addresses=127.0.0.1 -c max_connections=200 -c fsync=on", "start");

    /// <summary>Stops it as a crash would: what is in memory only is lost, and clients are cut off.</summary>
    public Task CrashAsync() => RunServerProgramAsync("pg_ctl", "-D", Data, "-w", "-m", "immediate", "stop");

    public Task StopAsync() => RunServerProgramAsync("pg_ctl", "-D", Data, "-w", "-m", "fast", "stop");

    /// <summary>A storage in a schema of its own.</summary>
    public PostgreSqlStorage NewStorage() => Open($"s{Interlocked.Increment(ref _schemas)}");

    public PostgreSqlStorage Open(string schema) => new(ConnectionString) { Schema = schema, ReconnectTimeout = TimeSpan.FromMinutes(1) };

    public async Task ExecuteAsync(string sql)
    {
        await using var source = Npgsql.NpgsqlDataSource.Create(ConnectionString);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public async Task<object?[][]> QueryAsync(string sql)
    {
        await using var source = Npgsql.NpgsqlDataSource.Create(ConnectionString);
        await using var command = source.CreateCommand(sql);
        await using var rows = await command.ExecuteReaderAsync();
        var all = new List<object?[]>();
        while (await rows.ReadAsync())
        {
            var row = new object[rows.FieldCount];
            rows.GetValues(row);
            all.Add([.. row.Select(value => value is DBNull ? null : value)]);
        }

        return [.. all];
    }

    public async ValueTask DisposeAsync()
    {
        if (File.Exists(Path.Combine(Data, "postmaster.pid")))
        {
            await CrashAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static Task RunServerProgramAsync(string program, params string[] arguments) => Environment.IsPrivilegedProcess
        ? RunAsync("runuser", ["-u", "postgres", "--", Locate(program), .. arguments])
        : RunAsync(Locate(program), arguments);

    // Debian keeps them off the path, a folder for each version.
    private static string Locate(string program)
    {
        var folders = (Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql") : [])
            .OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), out var version) ? version : 0)
            .Select(folder => Path.Combine(folder, "bin"))
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator));
        return folders.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException($"These tests need a real PostgreSQL, but '{program}' is neither in /usr/lib/postgresql/*/bin nor on the path. apt-get install postgresql");
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        // Not piped: the server would inherit the pipe, and the end of it would never come.
        var output = Path.GetTempFileName();
        try
        {
            using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >\"$0\" 2>&1 </dev/null", output, program, .. arguments]) { WorkingDirectory = "/" })!;
            await process.WaitForExitAsync();
            if (process.ExitCode != 0)
            {
                throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {await File.ReadAllTextAsync(output)}");
            }
        }
        finally
        {
            File.Delete(output);
        }
    }
}
