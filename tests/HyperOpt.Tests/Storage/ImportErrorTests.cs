using FsCheck;
using FsCheck.Fluent;
using HyperOpt.Storage;
using HyperOpt.Tests.Support;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Storage;

public sealed class ImportErrorTests
{
    private const string Header = """{"format":"hyperopt-study","version":1,"study":"s","events":2}""";
    private const string Created = """{"event":"study_created","at":"2026-01-01T00:00:00+00:00","id":"ab","seed":1,"directions":["minimize"]}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", "begins with a line that names the format 'hyperopt-study'")]
    [InlineData("{}", "begins with a line that names the format")]
    [InlineData("number,state\r\n0,Completed\r\n", "begins with a line that names the format")]
    [InlineData("""{"format":"hyperopt-study","version":2,"study":"s","events":2}""", "has a format up to version 1, but this one has 2. A newer version of the library wrote it")]
    [InlineData(Header, "as many events as its header says, but there are 0 instead of 2: the file was cut off")]
    [InlineData(Header + "\n" + Created, "there are 1 instead of 2")]
    [InlineData(Header + "\n" + Created + "\n{\"event\":\"trial_teleported\",\"at\":\"2026-01-01T00:00:00+00:00\"}", "Line 3: An event must be one that this version knows, but got 'trial_teleported'")]
    [InlineData(Header + "\n" + Created + "\n" + Created, "Line 3: A study begins once, with its first event, but event 2 is StudyCreated")]
    [InlineData(Header + "\n" + Created + "\nnonsense", "Line 3: A record must be an event of this library, but this one is not")]
    [InlineData(Header + "\n{\"event\":\"alive\",\"at\":\"2026-01-01T00:00:00+00:00\",\"worker\":\"w\"}", "Line 2: A study begins once, with its first event, but event 1 is WorkerAlive")]
    public async Task WhatIsNoExportedStudyIsRefused(string text, string facts)
    {
        var store = new StudyStore(new InMemoryStorage());
        var error = await Assert.ThrowsAsync<InvalidDataException>(() => store.ImportAsync(Streams.Of(text), "x", Token).AsTask());
        Assert.Contains(facts, error.Message, StringComparison.Ordinal);
        Assert.Empty(await store.ListAsync(Token));
    }

    [Theory]
    [InlineData("""{"event":"started","at":"2026-01-01T00:00:00+00:00","trial":1,"attempt":0,"worker":"w","new":true}""", "numbered from 0 without gaps, but there are 1 up to number 1")]
    [InlineData("""{"event":"started","at":"2026-01-01T00:00:00+00:00","trial":2000000000,"attempt":0,"worker":"w","new":true}""", "TrialStarted has 2000000000")]
    [InlineData("""{"event":"started","at":"2026-01-01T00:00:00+00:00","trial":-1,"attempt":0,"worker":"w","new":true}""", "A number that counts must not be negative")]
    [InlineData("""{"event":"started","at":"2026-01-01T00:00:00+00:00","trial":0,"attempt":0,"worker":"w","new":false}""", "trial 0 is not")]
    [InlineData("""{"event":"started","at":"2026-01-01T00:00:00+00:00","trial":0,"attempt":0,"worker":"w","new":true,"parent":7}""", "trial 7 is none")]
    [InlineData("""{"event":"ended","at":"2026-01-01T00:00:00+00:00","trial":0,"attempt":0,"state":"Completed","values":[1]}""", "trial 0 is not")]
    [InlineData("""{"event":"trial","at":"2026-01-01T00:00:00+00:00","trial":0,"attempt":2000000000,"state":"Waiting"}""", "Attempts are counted from 0")]
    [InlineData("""{"event":"trial","at":"2026-01-01T00:00:00+00:00","trial":0,"attempt":0,"state":"Completed","values":[1,2]}""", "has one value for each objective, but trial 0 (Completed) has (1, 2)")]
    [InlineData("""{"event":"trial","at":"2026-01-01T00:00:00+00:00","trial":0,"attempt":0,"state":"Completed","values":["NaN"]}""", "trial 0 (Completed) has (NaN)")]
    [InlineData("""{"event":"trial","at":"2026-01-01T00:00:00+00:00","trial":0,"attempt":0,"state":"Running"}""", "A running trial must have a worker, but trial 0 has none")]
    [InlineData("""{"event":"trial","at":"2026-01-01T00:00:00+00:00","trial":0,"attempt":0,"state":"Waiting","parameters":{"space":{"id":"a","parameters":[{"name":"x","kind":"float","low":0,"high":1}]},"values":{"x":2}}}""", "must be in its parameter's domain, but 2 is not in (x: ")]
    [InlineData("""{"event":"trial","at":"2026-01-01T00:00:00+00:00","trial":0,"attempt":0,"state":"Waiting","parameters":{"space":{"id":"a","parameters":[{"name":"x","kind":"categorical","values":["a","b"]}]},"values":{"x":2}}}""", "must be in its parameter's domain, but 2 is not in (x: ")]
    public async Task AnEventThatCannotStandThereIsRefused(string line, string facts)
    {
        var store = new StudyStore(new InMemoryStorage());
        var error = await Assert.ThrowsAsync<InvalidDataException>(() => store.ImportAsync(Streams.Of(Header + "\n" + Created + "\n" + line + "\n"), "x", Token).AsTask());
        Assert.Contains(facts, error.Message, StringComparison.Ordinal);
        Assert.Contains("export the study again", error.Message, StringComparison.Ordinal);
        Assert.Empty(await store.ListAsync(Token));
    }

    [Fact]
    public async Task ALineWithoutEndTakesNoMoreMemoryThanALineMay()
    {
        var store = new StudyStore(new InMemoryStorage());
        using var endless = new EndlessStream();
        var error = await Assert.ThrowsAsync<InvalidDataException>(() => store.ImportAsync(endless, "x", Token).AsTask());
        Assert.Contains("line 1 has more", error.Message, StringComparison.Ordinal);
        Assert.InRange(endless.BytesRead, EventSerializer.MaxRecordLength, 3L * EventSerializer.MaxRecordLength);
    }

    [Fact]
    public void WhateverIsChangedInAFileItIsRefusedOrMakesAStudyThatWorks() => Law.Holds(
        from steps in StudyScript.Cases
        from how in Gen.Choose(0, 5)
        from at in Gen.Choose(0, 100_000)
        from seed in Gen.Choose(0, 100_000)
        select (steps, how, at, seed),
        change =>
        {
            var storage = new InMemoryStorage();
            using var study = StudyScript.Create(storage, change.steps);
            var text = Change(ExportTests.Export(storage), change.how, change.at, change.seed);
            try
            {
                var store = ExportTests.Import(text);
                using var imported = ExportTests.Read(store);
                Assert.All(imported.Trials, trial => Assert.NotNull(StudyScript.Describe(trial)));
                _ = imported.ParetoFront;
                ExportTests.Await(store.ExportCsvAsync("imported", TextWriter.Null, CancellationToken.None).AsTask());
            }
            catch (InvalidDataException)
            {
                // Refused, and said so.
            }
        });

    private static string Change(string text, int how, int at, int by)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).ToList();
        var line = at % lines.Count;
        switch (how)
        {
            case 0:
                lines.RemoveAt(line);
                break;
            case 1:
                lines.Insert(by % lines.Count, lines[line]);
                break;
            case 2:
                (lines[line], lines[by % lines.Count]) = (lines[by % lines.Count], lines[line]);
                break;
            case 3:
                // One character for another that JSON is made of.
                var characters = lines[line].ToCharArray();
                characters[by % characters.Length] = "0123456789-\"{}[],:nulltrue"[at % 26];
                lines[line] = new string(characters);
                break;
            case 4:
                // A field of another name is a field that is missing.
                lines[line] = Field(lines[line], by, "\"gone\":");
                break;
            case 5:
                // A field that is there, and null.
                lines[line] = Field(lines[line], by, null);
                break;
        }

        // The header's count is right, so that it is not this that shows.
        lines[0] = System.Text.RegularExpressions.Regex.Replace(lines[0], "\"events\":\\d+", $"\"events\":{lines.Count - 1}");
        return string.Join("\n", lines);
    }

    private static string Field(string line, int which, string? name)
    {
        var fields = System.Text.RegularExpressions.Regex.Matches(line, "\"[a-z]+\":");
        var field = fields[which % fields.Count];
        if (name is not null)
        {
            return line[..field.Index] + name + line[(field.Index + field.Length)..];
        }

        var value = System.Text.RegularExpressions.Regex.Match(line[(field.Index + field.Length)..], "^(\"[^\"]*\"|[-0-9.eE+]+|true|false|\\[[^\\]]*\\])");
        return value.Success ? line[..(field.Index + field.Length)] + "null" + line[(field.Index + field.Length + value.Length)..] : line;
    }

    private sealed class EndlessStream : MemoryStream
    {
        public long BytesRead { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            buffer.Span.Fill((byte)'x');
            BytesRead += buffer.Length;
            return new ValueTask<int>(buffer.Length);
        }
    }
}
