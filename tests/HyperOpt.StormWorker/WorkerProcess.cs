using System.Diagnostics;
using System.Globalization;

namespace HyperOpt.StormWorker;

/// <summary>A process that works on the study of a storm.</summary>
public sealed class WorkerProcess : IDisposable
{
    private const int Killed = 128 + 9;

    private readonly Process _process;
    private readonly Task<string> _said;
    private readonly Task<string?> _begun;
    private bool _isKilled;

    /// <summary>Starts it.</summary>
    public WorkerProcess(Storm storm)
        : this("work", storm.Kind, storm.Place, Text(storm.Trials), Text((int)storm.Lease.TotalMilliseconds))
    {
    }

    /// <summary>Starts it with other arguments.</summary>
    public WorkerProcess(params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "HyperOpt.StormWorker.dll");
        var host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        _process = Process.Start(new ProcessStartInfo(host, [program, .. arguments]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        _said = _process.StandardError.ReadToEndAsync();
        _begun = _process.StandardOutput.ReadLineAsync();
    }

    /// <summary>Whether it is past its start: on a busy machine a storm would otherwise kill none that had begun to work.</summary>
    public bool HasBegun => _begun.IsCompletedSuccessfully;

    /// <summary>Its first line: it has begun.</summary>
    public Task<string?> BegunAsync() => _begun;

    /// <summary>Whether it ended by itself, its work done.</summary>
    public bool HasSucceeded => _process.HasExited && _process.ExitCode == 0;

    /// <summary>What it said when it failed; null if it did not.</summary>
    public string? Error => _process.HasExited && _process.ExitCode != 0 && !(_isKilled && _process.ExitCode == Killed)
        ? $"A worker ended with {_process.ExitCode}: {(_said.IsCompletedSuccessfully ? _said.GetAwaiter().GetResult() : "")}"
        : null;

    /// <summary>Kills it (SIGKILL); false if it had ended.</summary>
    public bool TryKill()
    {
        if (_process.HasExited)
        {
            return false;
        }

        _isKilled = true;
        _process.Kill();
        _process.WaitForExit();
        return _process.ExitCode == Killed;
    }

    /// <summary>Waits for its end.</summary>
    public async Task ExitAsync(TimeSpan atMost, CancellationToken token)
    {
        await _process.WaitForExitAsync(token).WaitAsync(atMost, token).ConfigureAwait(false);
        await _said.ConfigureAwait(false);
    }

    /// <summary>Kills it if it still runs.</summary>
    public void Dispose()
    {
        TryKill();
        _process.Dispose();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
