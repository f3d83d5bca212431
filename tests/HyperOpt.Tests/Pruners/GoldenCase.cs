using System.Globalization;
using System.Runtime.CompilerServices;
using HyperOpt.Tests.Contracts;
using HyperOpt.Trials;

namespace HyperOpt.Tests.Pruners;

/// <summary>
/// A case that Optuna decided, with its directions folded away as a study would. benchmarks/peers/optuna_pruners.py made the data, and says
/// what a line means.
/// </summary>
internal sealed record GoldenCase(
    int Line,
    string Pruner,
    bool Maximizes,
    IReadOnlyDictionary<string, double> Settings,
    Observation Trial,
    Observation[] Others,
    string Decisions)
{
    public static GoldenCase[] All { get; } = [.. Lines()
        .Select((text, at) => (Text: text, Line: at + 1))
        .Where(line => !line.Text.StartsWith('#'))
        .Select(line => Read(line.Line, line.Text.Split(';')))];

    public double Setting(string name, double otherwise = double.NaN) => Settings.GetValueOrDefault(name, otherwise);

    public int Whole(string name) => (int)Settings[name];

    private static GoldenCase Read(int line, string[] fields)
    {
        var maximizes = fields[1] == "maximize";
        var others = fields[4].Split('|', StringSplitOptions.RemoveEmptyEntries)
            .Select((text, number) => PrunerCases.Trial(number, State(text[0]), Reports(text[1..], maximizes)));
        var settings = fields[2].Split(' ').Select(text => text.Split('=')).ToDictionary(pair => pair[0], pair => Number(pair[1]));
        var trial = PrunerCases.Running(Reports(fields[3], maximizes));
        return new GoldenCase(line, fields[0], maximizes, settings, trial, [.. others], fields[5]);
    }

    private static TrialState State(char letter) => letter switch
    {
        'C' => TrialState.Completed,
        'P' => TrialState.Pruned,
        'F' => TrialState.Failed,
        _ => throw new SwitchExpressionException(letter),
    };

    private static IEnumerable<(int Step, double Loss)> Reports(string text, bool maximizes) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(report => report.Split(':'))
            .Select(report => (int.Parse(report[0], CultureInfo.InvariantCulture), Number(report[1]) * (maximizes ? -1 : 1)));

    private static double Number(string text) => text switch
    {
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };

    private static List<string> Lines()
    {
        using var stream = typeof(GoldenCase).Assembly.GetManifestResourceStream("optuna-decisions.txt")!;
        using var reader = new StreamReader(stream);
        var lines = new List<string>();
        while (reader.ReadLine() is { } line)
        {
            lines.Add(line);
        }

        return lines;
    }
}
