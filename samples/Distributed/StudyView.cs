using System.Globalization;
using Npgsql;

namespace Distributed;

/// <summary>The study as SQL sees it: what any tool that speaks to PostgreSQL can ask.</summary>
internal sealed class StudyView : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;
    private readonly string _study;
    private List<Row> _trials = [];

    private StudyView(NpgsqlDataSource source, string study)
    {
        _source = source;
        _study = study;
    }

    public int Ended => _trials.Count(trial => trial.State is "Completed" or "Pruned" or "Failed");

    public int UnderWay => _trials.Count(trial => trial.State == "Running");

    /// <summary>Waits until a worker has made the tables.</summary>
    public static async Task<StudyView> OpenAsync(string connection, string study)
    {
        var source = NpgsqlDataSource.Create(connection);
        while (true)
        {
            await using var command = source.CreateCommand("SELECT to_regclass('hyperopt_trials') IS NOT NULL");
            if (await command.ExecuteScalarAsync() is true)
            {
                return new StudyView(source, study);
            }

            await Task.Delay(100);
        }
    }

    public async Task RefreshAsync()
    {
        await using var command = _source.CreateCommand("SELECT trial, state, worker, retries, value FROM hyperopt_trials WHERE study = $1 ORDER BY trial");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = _study });
        await using var rows = await command.ExecuteReaderAsync();
        var trials = new List<Row>();
        while (await rows.ReadAsync())
        {
            trials.Add(new Row(
                rows.GetInt32(0), rows.GetString(1), rows.IsDBNull(2) ? 0 : ProcessOf(rows.GetString(2)), rows.GetInt32(3), rows.IsDBNull(4) ? double.NaN : rows.GetDouble(4)));
        }

        _trials = trials;
    }

    /// <summary>The trial that a process has under way.</summary>
    public int? UnderWayBy(int process) => _trials.Find(trial => trial.State == "Running" && trial.Process == process)?.Number;

    /// <summary>Whether there are all trials, numbered without a gap, and all have ended.</summary>
    public bool IsComplete(int trials) => _trials.Select(trial => trial.Number).SequenceEqual(Enumerable.Range(0, trials)) && Ended == trials;

    /// <summary>Who did what.</summary>
    public async Task PrintAsync(Fleet fleet, int trials)
    {
        await RefreshAsync();
        Console.WriteLine("worker   process   completed   pruned   failed   taken over from a dead worker");
        foreach (var (number, process, isKilled) in fleet.Members)
        {
            var own = _trials.Where(trial => trial.Process == process).ToArray();
            Console.WriteLine(
                $"{number,6}{process,10}{Count(own, "Completed"),12}{Count(own, "Pruned"),9}{Count(own, "Failed"),9}   "
                + $"{string.Join(", ", own.Where(trial => trial.Retries > 0).Select(trial => $"trial {trial.Number}"))}{(isKilled ? "(killed)" : "")}");
        }

        Console.WriteLine($" total{"",10}{Count(_trials, "Completed"),12}{Count(_trials, "Pruned"),9}{Count(_trials, "Failed"),9}\n");
        var best = _trials.Where(trial => trial.State == "Completed").MinBy(trial => trial.Value)!;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Best: trial {best.Number}, validation loss {best.Value:F4}"));
        Console.WriteLine(IsComplete(trials)
            ? $"Trials 0 to {trials - 1} are all there, each ended once; {_trials.Count(trial => trial.Retries > 0)} of them at a second attempt."
            : $"SOMETHING IS MISSING: {Ended} of {trials} trials have ended.");
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private static int Count(IEnumerable<Row> trials, string state) => trials.Count(trial => trial.State == state);

    // A worker is called machine/system/process/start/number.
    private static int ProcessOf(string worker) => int.Parse(worker.Split('/')[2], CultureInfo.InvariantCulture);

    private sealed record Row(int Number, string State, int Process, int Retries, double Value);
}
