using System.Diagnostics;
using HyperOpt;
using HyperOpt.Trials;

namespace QuickStart;

/// <summary>How far the search is: one line that renews itself on a console, a line now and then in a file.</summary>
internal sealed class ProgressLine : IProgress<RunProgress>, IDisposable
{
    private const int Width = 20;
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
            var filled = Width * value.Ended / trials;
            Show($"[{new string('#', filled)}{new string('.', Width - filled)}]{line}");
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
        Console.Write('\r' + line.PadRight(_shown.Length));
        _shown = line;
    }
}
