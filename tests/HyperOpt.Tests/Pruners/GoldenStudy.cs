using System.Globalization;
using HyperOpt.Tests.Contracts;

namespace HyperOpt.Tests.Pruners;

/// <summary>
/// A study that Optuna ran, its directions folded away. benchmarks/peers/optuna_halving.py made the data, and says what a line means.
/// </summary>
/// <param name="Line">The line of the data.</param>
/// <param name="Pruner">Which pruner.</param>
/// <param name="Settings">Its settings.</param>
/// <param name="Curves">For each trial what it would report.</param>
/// <param name="Fates">For each trial the index of the report after which it was pruned; -1 if it completed.</param>
/// <param name="Extras">For each trial its bracket, or the last p-value.</param>
internal sealed record GoldenStudy(
    int Line, string Pruner, IReadOnlyDictionary<string, double> Settings, (int Step, double Loss)[][] Curves, int[] Fates, double[] Extras)
{
    public static GoldenStudy[] All { get; } = [.. Lines()
        .Select((text, at) => (Text: text, Line: at + 1))
        .Where(line => !line.Text.StartsWith('#'))
        .Select(line => Read(line.Line, line.Text.Split(';')))];

    public int Whole(string name) => (int)Settings[name];

    private static GoldenStudy Read(int line, string[] fields)
    {
        var sign = fields[1] == "maximize" ? -1 : 1;
        return new GoldenStudy(
            line,
            fields[0],
            fields[2].Split(' ').Select(text => text.Split('=')).ToDictionary(pair => pair[0], pair => Number(pair[1])),
            [.. fields[3].Split('|').Select(trial => trial.Split(' ').Select(text => text.Split(':'))
                .Select(report => (int.Parse(report[0], CultureInfo.InvariantCulture), sign * Number(report[1]))).ToArray())],
            [.. fields[4].Split(' ').Select(fate => fate == "c" ? -1 : int.Parse(fate, CultureInfo.InvariantCulture))],
            [.. fields[5].Split(' ').Select(Number)]);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static IEnumerable<string> Lines()
    {
        using var stream = typeof(GoldenStudy).Assembly.GetManifestResourceStream("optuna-studies.txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }
}
