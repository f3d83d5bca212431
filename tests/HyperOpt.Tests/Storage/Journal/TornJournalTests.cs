using HyperOpt.Storage;
using Xunit;

namespace HyperOpt.Tests.Storage.Journal;

/// <summary>What is left of an append whose writer died in the middle of it counts as never made; all before it stays.</summary>
public sealed class TornJournalTests : IDisposable
{
    private readonly JournalScene _scene = new();

    [Fact]
    public async Task CutAtAnyOfTheLast4096OffsetsItOpensKeepsEveryWholeAppendAndTakesTheNext()
    {
        await _scene.FillAsync(12);
        var whole = await File.ReadAllBytesAsync(_scene.Path, TestContext.Current.CancellationToken);
        Assert.True(whole.Length > 4096 + 600, $"The journal has only {whole.Length} bytes.");
        var all = JournalScene.Texts(await _scene.ReadAsync()).ToArray();
        var ends = Ends(whole);
        for (var cut = whole.Length - 4096; cut <= whole.Length; cut++)
        {
            await File.WriteAllBytesAsync(_scene.Path, whole.AsMemory(0, cut), TestContext.Current.CancellationToken);
            var kept = ends.Last(end => end.Offset <= cut).Events;
            var expected = all.Take(kept).ToArray();
            Assert.Equal(expected, JournalScene.Texts(await _scene.ReadAsync()));
            await _scene.AppendAsync(JournalScene.Alive("next"));
            Assert.Equal([.. expected, .. JournalScene.Texts([JournalScene.Alive("next")])], JournalScene.Texts(await _scene.ReadAsync()));
        }
    }

    [Theory]
    [InlineData("garbage without an end")]
    [InlineData("a whole line of garbage\n")]
    [InlineData("{\"crc\":\"00000000\",\"study\":1,\"event\":\"alive\",\"at\":\"2026-11-21T12:00:00+00:00\",\"worker\":\"w\"}\n")]
    [InlineData("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0")]
    [InlineData("\n\n\n")]
    public async Task WhateverFollowsTheLastWholeAppendIsCutOffByTheNextWriterWhoSaysSo(string torn)
    {
        await _scene.FillAsync(3);
        var whole = await File.ReadAllTextAsync(_scene.Path, TestContext.Current.CancellationToken);
        var before = JournalScene.Texts(await _scene.ReadAsync()).ToArray();
        await File.AppendAllTextAsync(_scene.Path, torn, TestContext.Current.CancellationToken);
        Assert.Equal(before, JournalScene.Texts(await _scene.ReadAsync()));
        Assert.EndsWith(torn, await File.ReadAllTextAsync(_scene.Path, TestContext.Current.CancellationToken), StringComparison.Ordinal); // readers change nothing
        await _scene.AppendAsync(JournalScene.Alive("next"));
        Assert.Single(_scene.Lines, line => line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains($"{torn.Length} bytes", StringComparison.Ordinal));
        var after = await File.ReadAllTextAsync(_scene.Path, TestContext.Current.CancellationToken);
        Assert.StartsWith(whole, after, StringComparison.Ordinal);
        Assert.DoesNotContain("garbage", after, StringComparison.Ordinal);
        Assert.Equal(before.Length + 1, (await _scene.ReadAsync()).Length);
    }

    [Fact]
    public async Task AFollowerPassesOverATornEndAndReadsWhatIsWrittenInItsPlace()
    {
        await _scene.FillAsync(2);
        await using var follower = await _scene.LogAsync(mode: OpenMode.Read);
        await follower.ReadAsync(TestContext.Current.CancellationToken);
        await File.AppendAllTextAsync(_scene.Path, "{\"crc\":\"0123", TestContext.Current.CancellationToken);
        Assert.Equal(0, (await follower.ReadAsync(TestContext.Current.CancellationToken)).Events.Length);
        await follower.WaitAsync(TimeSpan.FromMilliseconds(30), TestContext.Current.CancellationToken); // a torn end is no news
        await _scene.AppendAsync(JournalScene.Alive("a"), JournalScene.Alive("b"));
        Assert.Equal(2, (await follower.ReadAsync(TestContext.Current.CancellationToken)).Events.Length);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(9)]
    public async Task DamageBeforeWholeLinesIsAnErrorThatNamesThePlaceAndChangesNothing(int line)
    {
        await _scene.FillAsync(5);
        var bytes = await File.ReadAllBytesAsync(_scene.Path, TestContext.Current.CancellationToken);
        var offset = 0;
        for (var before = 1; before < line; before++)
        {
            offset += bytes.AsSpan(offset).IndexOf((byte)'\n') + 1;
        }

        bytes[offset + 20] ^= 1;
        await File.WriteAllBytesAsync(_scene.Path, bytes, TestContext.Current.CancellationToken);
        var reading = await Assert.ThrowsAsync<InvalidDataException>(() => _scene.ReadAsync());
        var writing = await Assert.ThrowsAsync<InvalidDataException>(() => _scene.AppendAsync(JournalScene.Alive("a")));
        foreach (var message in new[] { reading.Message, writing.Message })
        {
            Assert.Contains($"line {line} ", message, StringComparison.Ordinal);
            Assert.Contains($"byte {offset},", message, StringComparison.Ordinal);
            Assert.Contains(_scene.Path, message, StringComparison.Ordinal);
            Assert.InRange(message.Length, 100, 600);
        }

        Assert.Equal(bytes, await File.ReadAllBytesAsync(_scene.Path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task AWriterThatDiesInTheMiddleOfAnAppendOfSeveralEventsHasAppendedNone()
    {
        await using (var log = await _scene.LogAsync())
        {
            await log.AppendAsync([JournalScene.Alive("1"), JournalScene.Alive("2"), JournalScene.Alive("3")], TestContext.Current.CancellationToken);
        }

        var lines = await File.ReadAllLinesAsync(_scene.Path, TestContext.Current.CancellationToken);
        await File.WriteAllLinesAsync(_scene.Path, lines.SkipLast(1), TestContext.Current.CancellationToken); // two whole lines of the three
        Assert.Empty(await _scene.ReadAsync());
        await _scene.AppendAsync(JournalScene.Alive("4"));
        Assert.Equal("4", Assert.IsType<WorkerAlive>(Assert.Single(await _scene.ReadAsync())).Worker);
    }

    public void Dispose() => _scene.Dispose();

    // Where appends end, and how many events there are by then.
    private static List<(int Offset, int Events)> Ends(byte[] bytes)
    {
        var ends = new List<(int, int)>();
        var (events, offset) = (0, 0);
        while (offset < bytes.Length)
        {
            var line = System.Text.Encoding.UTF8.GetString(bytes, offset, bytes.AsSpan(offset).IndexOf((byte)'\n'));
            offset += System.Text.Encoding.UTF8.GetByteCount(line) + 1;
            events += line.Contains("\"event\":", StringComparison.Ordinal) && !line.Contains("\"event\":\"study\"", StringComparison.Ordinal) ? 1 : 0;
            if (!line.Contains("\"more\":true", StringComparison.Ordinal))
            {
                ends.Add((offset, events));
            }
        }

        return ends;
    }
}
