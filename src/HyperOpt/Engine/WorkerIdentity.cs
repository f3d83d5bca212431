using System.Globalization;

namespace HyperOpt.Engine;

/// <summary>
/// Names a worker so that others on the same machine can tell whether its process lives: machine, boot, process and the process's start.
/// </summary>
internal static class WorkerIdentity
{
    private static readonly string Here = $"{Environment.MachineName}/{Namespace()}";
    private static int _count;

    /// <summary>The name of a new worker in this process.</summary>
    public static string Create() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Here}/{Environment.ProcessId}/{StartOf(Environment.ProcessId)}/{Interlocked.Increment(ref _count)}");

    /// <summary>Whether it is certain that the worker's process is gone. Where that cannot be seen, it is not certain.</summary>
    public static bool IsSurelyDead(string worker)
    {
        var parts = worker.Split('/');
        return OperatingSystem.IsLinux()
            && parts.Length == 5
            && $"{parts[0]}/{parts[1]}" == Here
            && int.TryParse(parts[2], CultureInfo.InvariantCulture, out var process)
            && StartOf(process) != parts[3];
    }

    // A boot and a process namespace: process numbers mean the same within, and only there.
    private static string Namespace()
    {
        try
        {
            var boot = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
            var processes = File.ResolveLinkTarget("/proc/self/ns/pid", false)?.Name ?? "";
            return boot[..8] + "-" + new string([.. processes.Where(char.IsAsciiDigit)]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "-";
        }
    }

    // In clock ticks since boot, field 22 of proc(5)'s stat; empty if there is no such process, or only its remains.
    private static string StartOf(int process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? "" : fields[19];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
