using System.Diagnostics;
using HyperOpt;
using HyperOpt.Trials;

namespace QuickStart;

/// <summary>How far the search is: one line that renews itself on a console, a line now and then in a file.</summary>
internal sealed class ProgressLine : IProgress<RunProgress>, IDisposable
{
    private const int BarLength = 10;
    private const int LinesInFile = 10;

    private readonly bool _isLive = !Console.IsOutputRedirected;
    private string _shown = "";
    private int _pruned;

    public void Report(RunProgress value)
    {
        _pruned += value.Latest.State == TrialState.Pruned ? 1 : 0;
        var trials = value.Trials ?? throw new UnreachableException("The quick start sets the number of trials.");
        var best = value.Best is { } trial ? $"best loss {trial.Value:F4} in trial {trial.Number}" : "none completed yet";
        var line = $"{value.Ended,4} of {trials} trials, {best}, {_pruned} pruned, {value.Elapsed.TotalSeconds:F0} s";
        if (_isLive)
        {
            var filled = BarLength * value.Ended / trials;
            Show($"[{new string('#', filled)}{new string('.', BarLength - filled)}]{line}");
        }
        else if (value.Ended * LinesInFile / trials > (value.Ended - 1) * LinesInFile / trials)
        {
            Console.WriteLine(line);
        }
    }

    public void Dispose()
    {
        if (_shown != "")
            Console.WriteLine();
    }

    private void Show(string line)
    {
        var room = Console.WindowWidth - 1; // a longer line would wrap, and not renew itself
        line = room > 0 && line.Length > room ? line[..room] : line;
        Console.Write('\r' + line.PadRight(_shown.Length));
        _shown = line;
    }
}
