using System.Diagnostics;
using System.Security.Cryptography;

namespace Distributed;

/// <summary>The worker processes.</summary>
internal sealed class Fleet(IEnumerable<(int Number, Process Process)> workers)
{
    private readonly (int Number, Process Process)[] _workers = [.. workers];
    private int _killed; // the process that was killed; 0: none yet

    public IEnumerable<(int Number, int Process, bool IsKilled)> Members => _workers.Select(worker => (worker.Number, worker.Process.Id, worker.Process.Id == _killed));

    /// <summary>Whether all but the killed one ended without an error.</summary>
    public bool HasEndedWell => _workers.All(worker => worker.Process.ExitCode == 0 || worker.Process.Id == _killed);

    private bool IsWorking => _workers.Any(worker => !worker.Process.HasExited);

    /// <summary>Waits for some trials, and then kills a worker that has one under way; false if it came too late.</summary>
    public async Task<bool> KillOneAsync(StudyView view, int after)
    {
        while (IsWorking)
        {
            await view.RefreshAsync();
            var busy = _workers.Where(worker => view.UnderWayBy(worker.Process.Id) is not null).ToArray();
            if (view.Ended >= after && busy.Length > 0)
            {
                var (number, process) = busy[RandomNumberGenerator.GetInt32(busy.Length)];
                process.Kill(); // SIGKILL: it cannot say goodbye
                await process.WaitForExitAsync();
                _killed = process.Id;
                await view.RefreshAsync();
                Console.WriteLine($"{view.Ended} trials have ended. kill -9 {process.Id}: worker {number} is dead; it had {Describe(view.UnderWayBy(process.Id))} under way");
                return true;
            }

            await Task.Delay(100);
        }

        return false;
    }

    /// <summary>Waits for the workers, and says how far they are.</summary>
    public async Task AwaitEndAsync(StudyView view)
    {
        var watch = Stopwatch.StartNew();
        for (var said = TimeSpan.Zero; IsWorking; await Task.Delay(100))
        {
            if (watch.Elapsed - said > TimeSpan.FromSeconds(5))
            {
                said = watch.Elapsed;
                await view.RefreshAsync();
                Console.WriteLine($"{view.Ended} trials have ended, {view.UnderWay} are under way");
            }
        }
    }

    private static string Describe(int? trial) => trial is { } number ? $"trial {number}" : "no trial";
}
