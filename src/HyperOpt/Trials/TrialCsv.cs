using System.Globalization;
using System.Text;

namespace HyperOpt.Trials;

/// <summary>
/// Trials as a table for spreadsheets and data frames, by RFC 4180: a line of names, then a line for each trial, each ended by CR LF.
/// </summary>
/// <remarks>
/// <para>
/// Columns: number, state, value (value_0, value_1, … for several objectives), param_(name) for each parameter that any trial has, attr_(name) for each attribute,
/// constraint_(i), started and finished in ISO 8601 UTC, duration in seconds, retries, worker, parent, error (of a pruned trial the rule and its reason). What a trial lacks is empty.
/// Numbers are in the invariant culture and are read back exactly; those that are none are NaN, Infinity and -Infinity.
/// </para>
/// <para>
/// A spreadsheet computes a cell that begins with =, +, -, @, a tab or a carriage return, which may send its table to a stranger. So a text of that kind
/// that is no number is preceded by an apostrophe, as is one that has such apostrophes already: dropping one from what begins with apostrophes and then one
/// of those characters gives the text back.
/// </para>
/// </remarks>
public static class TrialCsv
{
    /// <summary>Writes trials; the writer stays open.</summary>
    /// <param name="trials">In the order of the lines.</param>
    /// <param name="writer">Where to. For a spreadsheet that is to see letters beyond ASCII, give it the encoding UTF-8 with a byte order mark.</param>
    /// <param name="token">Stops writing.</param>
    public static async ValueTask WriteAsync(IEnumerable<FrozenTrial> trials, TextWriter writer, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(writer);
        FrozenTrial[] rows = [.. trials];
        var columns = ColumnsOf(rows);
        await writer.WriteAsync(Line(columns.Select(column => column.Name)).AsMemory(), token).ConfigureAwait(false);
        foreach (var trial in rows)
        {
            await writer.WriteAsync(Line(columns.Select(column => column.Cell(trial))).AsMemory(), token).ConfigureAwait(false);
        }
    }

    private static List<(string Name, Func<FrozenTrial, string?> Cell)> ColumnsOf(FrozenTrial[] rows)
    {
        var (values, constraints) = (1, 0);
        var (parameters, attributes) = (new OrderedDictionary<string, bool>(StringComparer.Ordinal), new SortedSet<string>(StringComparer.Ordinal));
        foreach (var trial in rows)
        {
            values = Math.Max(values, trial.Values.Length);
            constraints = Math.Max(constraints, trial.Constraints.Length);
            attributes.UnionWith(trial.Attributes.Keys);
            foreach (var name in trial.Parameters.Keys)
            {
                parameters.TryAdd(name, true);
            }
        }

        return
        [
            ("number", trial => Text(trial.Number)),
            ("state", trial => trial.State.ToString()),
            .. Enumerable.Range(0, values).Select<int, (string, Func<FrozenTrial, string?>)>(
                i => (values == 1 ? "value" : $"value_{i}", trial => i < trial.Values.Length ? Text(trial.Values[i]) : null)),
            .. parameters.Keys.Select<string, (string, Func<FrozenTrial, string?>)>(name => ("param_" + name, trial => trial.Parameters.TextOf(name))),
            .. attributes.Select<string, (string, Func<FrozenTrial, string?>)>(
                name => ("attr_" + name, trial => trial.Attributes.TryGetValue(name, out var value) ? value.ToString() : null)),
            .. Enumerable.Range(0, constraints).Select<int, (string, Func<FrozenTrial, string?>)>(
                i => ($"constraint_{i}", trial => i < trial.Constraints.Length ? Text(trial.Constraints[i]) : null)),
            ("started", trial => Text(trial.StartedAt)),
            ("finished", trial => Text(trial.FinishedAt)),
            ("duration", trial => Text(trial.Duration?.TotalSeconds)),
            ("retries", trial => Text(trial.Retries)),
            ("worker", trial => trial.Worker),
            ("parent", trial => Text(trial.Parent)),
            ("error", trial => trial.Error ?? trial.Pruning?.ToString()),
        ];
    }

    private static string? Text(double? number) => number?.ToString("R", CultureInfo.InvariantCulture);

    private static string? Text(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    private static string Line(IEnumerable<string?> cells)
    {
        var line = new StringBuilder();
        foreach (var cell in cells)
        {
            line.Append(line.Length == 0 ? "" : ",");
            Append(line, Harmless(cell ?? ""));
        }

        return line.Append("\r\n").ToString();
    }

    private static void Append(StringBuilder line, string cell)
    {
        if (cell.AsSpan().ContainsAny(",\"\r\n"))
        {
            line.Append('"').Append(cell.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        }
        else
        {
            line.Append(cell);
        }
    }

    private static string Harmless(string cell) =>
        cell.TrimStart('\'') is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] && !double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
            ? "'" + cell
            : cell;
}
