using System.Diagnostics;

namespace Distributed;

/// <summary>
/// A PostgreSQL from the installed programs, in a temporary folder. It listens on a socket in that folder only, which nobody else may enter, and so needs
/// no password.
/// </summary>
internal sealed class ThrowawayPostgreSql : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hyperopt-pg-").FullName;

    private ThrowawayPostgreSql()
    {
    }

    public string ConnectionString => $"Host={_folder};Username=postgres;Database=postgres";

    private string Data => Path.Combine(_folder, "data");

    public static async Task<ThrowawayPostgreSql> StartAsync()
    {
        var server = new ThrowawayPostgreSql();
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("chown", "postgres", server._folder); // it refuses to run as root
        }

        Console.WriteLine($"Starting a PostgreSQL in {server._folder}");
        await RunServerProgramAsync("initdb", "-D", server.Data, "-U", "postgres", "-A", "trust", "-E", "UTF8");
        await RunServerProgramAsync(
            "pg_ctl", "-D", server.Data, "-w", "-l", Path.Combine(server._folder, "log"), "-o", $"-k {server._folder} -c listen_addresses=''", "start");
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await RunServerProgramAsync("pg_ctl", "-D", Data, "-w", "-m", "immediate", "stop");
        Directory.Delete(_folder, recursive: true);
    }

    private static Task RunServerProgramAsync(string program, params string[] arguments) => Environment.IsPrivilegedProcess
        ? RunAsync("runuser", ["-u", "postgres", "--", Locate(program), .. arguments])
        : RunAsync(Locate(program), arguments);

    // Debian keeps them off the path, a folder for each version.
    private static string Locate(string program)
    {
        var debian = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending() : Enumerable.Empty<string>();
        return debian.Select(version => Path.Combine(version, "bin"))
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists) ?? throw new InvalidOperationException(
                $"This sample starts a PostgreSQL, but '{program}' is not installed. apt-get install postgresql, or set HYPEROPT_CONNECTION to use a server that runs.");
    }

    // Not by pipes: the server would inherit them and keep them open.
    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$0\" \"$@\" >/dev/null </dev/null", program, .. arguments]) { WorkingDirectory = "/" })!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}; it said why above.");
        }
    }
}
