using System.Collections.Immutable;
using HyperOpt.Spaces;
using HyperOpt.Storage;
using HyperOpt.Tests.Contracts;
using HyperOpt.Tests.Support;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Storage.Journal;

/// <summary>A journal in a folder of its own, and shorthands for what tests do with it.</summary>
internal sealed class JournalScene : IDisposable
{
    private readonly TempFolder _folder = new();

    public string Path => _folder["study.journal"];

    public ListLogger Logger { get; } = new();

    /// <summary>What was logged.</summary>
    public IEnumerable<string> Lines => Logger.Entries.Select(entry => $"{entry.Level}: {entry.Message}");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public JournalStorage Open(JournalOptions? options = null) => new(Path, (options ?? new JournalOptions()) with { Logger = Logger });

    public async Task<IStudyLog> LogAsync(string study = "study", OpenMode mode = OpenMode.OpenOrCreate) => await Open().OpenAsync(study, mode, Token);

    public async Task<ImmutableArray<StudyEvent>> ReadAsync(string study = "study")
    {
        await using var log = await LogAsync(study, OpenMode.Read);
        return [.. (await log.ReadAsync(Token)).Events.Span];
    }

    public async Task AppendAsync(params ImmutableArray<StudyEvent> events)
    {
        await using var log = await LogAsync();
        Assert.True((await log.AppendAsync(events, Token)).IsAccepted);
    }

    /// <summary>Rounds of a trial's start, two reports and its end, appended as a study would.</summary>
    public async Task FillAsync(int trials, int first = 0)
    {
        await using var log = await LogAsync();
        for (var number = first; number < first + trials; number++)
        {
            var proposed = new Configuration(Space, [number, number % 2]);
            Assert.True((await log.AppendAsync([new TrialStarted(Noon, number, 0, "w", true, proposed, null)], Token)).IsAccepted);
            await log.AppendAsync(
                [
                    new TrialReported(Noon, number, 0, new Report(1, [number])),
                    new TrialReported(Noon, number, 0, new Report(2, [double.NaN])),
                    new TrialEnded(Noon, number, 0, TrialState.Completed) { Values = [number], Parameters = proposed },
                ],
                Token);
        }
    }

    public void Dispose() => _folder.Dispose();

    public static DateTimeOffset Noon => new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    public static StudyEvent Alive(string worker) => new WorkerAlive(Noon, worker);

    public static IEnumerable<string> Texts(IEnumerable<StudyEvent> events) => events.Select(EventText.Of);

    private static readonly SearchSpace Space = [Parameter.Float("x", 0, 1e6), Parameter.Categorical("kind", "a", "b")];
}
