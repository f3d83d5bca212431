using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using HyperOpt.Storage;
using HyperOpt.Tests.Support;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Trials;

public sealed class TrialCsvTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.FromHours(2));

    [Fact]
    public async Task ATrialIsALine()
    {
        var trial = new FrozenTrial
        {
            Number = 3,
            State = TrialState.Completed,
            Values = [-0.1],
            Attributes = FrozenTrial.NoAttributes.Add("gpu", true).Add("note", "a \"quoted\", text"),
            Constraints = [double.PositiveInfinity],
            StartedAt = Noon,
            FinishedAt = Noon.AddMilliseconds(1500),
            Worker = "machine/1",
            Parent = 2,
            Retries = 1,
        };
        Assert.Equal(
            "number,state,value,attr_gpu,attr_note,constraint_0,started,finished,duration,retries,worker,parent,error\r\n"
            + "3,Completed,-0.1,True,\"a \"\"quoted\"\", text\",Infinity,2026-03-01T10:00:00.0000000Z,2026-03-01T10:00:01.5000000Z,1.5,1,machine/1,2,\r\n",
            await WriteAsync([trial]));
    }

    [Fact]
    public async Task WithoutTrialsThereAreTheNames() =>
        Assert.Equal("number,state,value,started,finished,duration,retries,worker,parent,error\r\n", await WriteAsync([]));

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0")]
    [InlineData("+1+1", "'+1+1")]
    [InlineData("-1+1|cmd", "'-1+1|cmd")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData("'=1", "''=1")]
    [InlineData("'quoted'", "'quoted'")]
    [InlineData("-1.5e-3", "-1.5e-3")]
    [InlineData("-Infinity", "-Infinity")]
    [InlineData("+1", "+1")]
    [InlineData("a=b", "a=b")]
    [InlineData("", "")]
    public async Task ATextThatASpreadsheetWouldComputeIsPrecededByAnApostrophe(string text, string cell)
    {
        var trial = new FrozenTrial { Number = 0, State = TrialState.Failed, Error = text };
        Assert.EndsWith($",{cell}\r\n", await WriteAsync([trial]), StringComparison.Ordinal);
        Assert.Equal(text, Parse(await WriteAsync([trial]))[1]["error"]);
    }

    [Fact]
    public void AnyTextIsReadBack() => Law.Holds(
        from pieces in Gen.ArrayOf(Gen.Elements("'", "\"", ",", "\r", "\n", "=", "-", "+", "@", "\t", "1", "e", " ", "é", "💥"))
        select string.Concat(pieces),
        text =>
        {
            var trial = new FrozenTrial { Number = 0, State = TrialState.Failed, Error = text, Attributes = FrozenTrial.NoAttributes.Add(text + "x", text) };
            var row = Parse(WriteAsync([trial]).GetAwaiter().GetResult())[1];
            Assert.Equal(text, row["error"]);
            Assert.Equal(text, row["attr_" + text + "x"]);
        });

    [Fact]
    public void AllTrialsOfAStudyAreReadBack() => Law.Holds(StudyScript.Cases, steps =>
    {
        using var study = StudyScript.Create(new InMemoryStorage(), steps);
        var rows = Parse(WriteAsync(study.Trials).GetAwaiter().GetResult());
        Assert.Equal(study.Trials.Count, rows.Count - 1);
        foreach (var (trial, row) in study.Trials.Zip(rows.Skip(1)))
        {
            Assert.Equal($"{trial.Number} {trial.State} {trial.Retries} {trial.Worker} {trial.Parent} {trial.Error}",
                $"{row["number"]} {row["state"]} {row["retries"]} {row["worker"]} {row["parent"]} {row["error"]}");
            Assert.Equal(trial.Parameters.Keys.Order(), row.Where(cell => cell.Key.StartsWith("param_", StringComparison.Ordinal) && cell.Value.Length > 0).Select(cell => cell.Key[6..]).Order());
            Assert.All(trial.Parameters, pair => Assert.Equal(FormattableString.Invariant($"{pair.Value}"), row["param_" + pair.Key]));
            Assert.All(trial.Attributes, pair => Assert.Equal(pair.Value.ToString(), row["attr_" + pair.Key]));
            Assert.Equal(trial.Values.Select(BitConverter.DoubleToInt64Bits), Numbers(row, "value_"));
            Assert.Equal(trial.Constraints.Select(BitConverter.DoubleToInt64Bits), Numbers(row, "constraint_"));
            Assert.Equal(trial.StartedAt?.UtcDateTime, Time(row["started"]));
            Assert.Equal(trial.FinishedAt?.UtcDateTime, Time(row["finished"]));
        }
    });

    private static IEnumerable<long> Numbers(Dictionary<string, string> row, string prefix) =>
        from cell in row
        where cell.Key.StartsWith(prefix, StringComparison.Ordinal) && cell.Value.Length > 0
        orderby cell.Key
        select BitConverter.DoubleToInt64Bits(double.Parse(cell.Value, System.Globalization.CultureInfo.InvariantCulture));

    private static DateTime? Time(string text) =>
        text.Length == 0 ? null : DateTime.Parse(text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AdjustToUniversal);

    private static async Task<string> WriteAsync(IEnumerable<FrozenTrial> trials)
    {
        using var writer = new StringWriter();
        await TrialCsv.WriteAsync(trials, writer, CancellationToken.None);
        return writer.ToString();
    }

    /// <summary>RFC 4180 read by its grammar, one character after the other; the first row has the names themselves.</summary>
    private static List<Dictionary<string, string>> Parse(string text)
    {
        var rows = new List<List<string>> { new() };
        var (cell, at) = ("", 0);
        while (at < text.Length)
        {
            if (text[at] == '"')
            {
                for (at++; text[at] != '"' || (at + 1 < text.Length && text[at + 1] == '"'); at++)
                {
                    cell += text[at];
                    at += text[at] == '"' ? 1 : 0;
                }

                at++;
            }
            else if (text[at] == ',')
            {
                rows[^1].Add(cell);
                (cell, at) = ("", at + 1);
            }
            else if (text[at] == '\r' && text[at + 1] == '\n')
            {
                rows[^1].Add(cell);
                rows.Add([]);
                (cell, at) = ("", at + 2);
            }
            else
            {
                cell += text[at++];
            }
        }

        Assert.Empty(rows[^1]); // the last line is ended too
        Assert.All(rows[..^1], row => Assert.Equal(rows[0].Count, row.Count));
        return [.. rows[..^1].Select(row => rows[0].Zip(row).ToDictionary(pair => Plain(pair.First), pair => Plain(pair.Second), StringComparer.Ordinal))];
    }

    private static string Plain(string cell) =>
        cell.StartsWith('\'') && cell.TrimStart('\'') is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? cell[1..] : cell;
}
