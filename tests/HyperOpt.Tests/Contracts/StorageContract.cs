using System.Collections.Immutable;
using HyperOpt.Storage;
using Xunit;

namespace HyperOpt.Tests.Contracts;

/// <summary>
/// What any storage must hold to. Inherit it, say how to make the storage, and its tests run for yours. Each test makes storages of its own;
/// dispose of what they hold in your class's <c>DisposeAsync</c>.
/// </summary>
public abstract partial class StorageContract
{
    /// <summary>How long anything may take that must not wait for ever. Far above what is usual, for machines that are busy.</summary>
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>How soon news of another storage object must wake who waits, on a machine that is busy.</summary>
    protected virtual TimeSpan WakesWithin => TimeSpan.FromSeconds(5);

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    private static DateTimeOffset Noon => new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A storage over a place of its own, without studies.</summary>
    protected abstract ValueTask<IStorage> CreateStorageAsync();

    /// <summary>
    /// Another storage object over the same place that shares nothing with the first, as another process would have it; the same one if there
    /// is no other way in.
    /// </summary>
    protected abstract ValueTask<IStorage> OpenAgainAsync(IStorage storage);

    private protected async Task<(IStorage One, IStorage Other)> TwoStoragesAsync()
    {
        var one = await CreateStorageAsync();
        return (one, await OpenAgainAsync(one));
    }

    private protected static ValueTask<IStudyLog> OpenAsync(IStorage storage, string study = "study", OpenMode mode = OpenMode.OpenOrCreate) =>
        storage.OpenAsync(study, mode, Token);

    private protected static async Task<ImmutableArray<StudyEvent>> ReadAsync(IStudyLog log) => [.. (await log.ReadAsync(Token)).Events.Span];

    private protected static async Task<ImmutableArray<StudyEvent>> AppendAsync(IStudyLog log, params ImmutableArray<StudyEvent> events)
    {
        var slice = await log.AppendAsync(events, Token);
        Assert.True(slice.IsAccepted);
        return [.. slice.Events.Span];
    }

    private protected static async Task<ImmutableArray<StudyEvent>> RefusedAsync(IStudyLog log, params ImmutableArray<StudyEvent> events)
    {
        var slice = await log.AppendAsync(events, Token);
        Assert.False(slice.IsAccepted);
        return [.. slice.Events.Span];
    }

    /// <summary>All events of a study, read by somebody new.</summary>
    private protected async Task<ImmutableArray<StudyEvent>> AllAsync(IStorage storage, string study = "study")
    {
        await using var log = await OpenAsync(await OpenAgainAsync(storage), study, OpenMode.Read);
        return await ReadAsync(log);
    }

    private protected static StudyEvent Alive(string worker) => new WorkerAlive(Noon, worker);

    private protected static StudyEvent Taken(int number, string worker = "w") => new TrialStarted(Noon, number, 0, worker, true, null, null);

    private protected static void AssertSame(IEnumerable<StudyEvent> expected, IEnumerable<StudyEvent> actual) =>
        Assert.Equal(expected.Select(EventText.Of), actual.Select(EventText.Of));
}
