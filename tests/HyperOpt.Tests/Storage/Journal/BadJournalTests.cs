using HyperOpt.Storage;
using HyperOpt.Storage.Journal;
using Xunit;

namespace HyperOpt.Tests.Storage.Journal;

/// <summary>What is no journal, or not one of this version, is refused and left as it is.</summary>
public sealed class BadJournalTests : IDisposable
{
    private readonly JournalScene _scene = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("hello, I am a text")]
    [InlineData("hello,\nI am a text\n")]
    [InlineData("{\"a\":1}\n{\"b\":2}\n")]
    [InlineData("\n")]
    [InlineData("{\"crc\":\"")]
    [InlineData("\0\0\0\0")]
    public async Task AFileThatIsNoJournalIsRefusedByEveryCallAndLeftAsItIs(string content)
    {
        await File.WriteAllTextAsync(_scene.Path, content, Token);
        var storage = _scene.Open();
        Func<Task>[] calls =
        [
            async () => await storage.OpenAsync("study", OpenMode.OpenOrCreate, Token), async () => await storage.OpenAsync("study", OpenMode.Read, Token),
            async () => await storage.ListAsync(Token), async () => await storage.DeleteAsync("study", Token), async () => await storage.RenameAsync("study", "other", Token),
            async () => await storage.CompactAsync(Token),
        ];
        foreach (var call in calls)
        {
            var refused = await Assert.ThrowsAsync<InvalidDataException>(call);
            Assert.Contains(_scene.Path, refused.Message, StringComparison.Ordinal);
            Assert.Contains("Take another path", refused.Message, StringComparison.Ordinal);
        }

        Assert.Equal(content, await File.ReadAllTextAsync(_scene.Path, Token));
    }

    [Fact]
    public async Task AnEmptyFileBecomesAJournal()
    {
        await File.WriteAllBytesAsync(_scene.Path, [], Token);
        Assert.Empty(await _scene.Open().ListAsync(Token));
        await _scene.AppendAsync(JournalScene.Alive("a"));
        Assert.Single(await _scene.ReadAsync());
    }

    [Fact]
    public async Task ANewerFormatIsRefusedClearly()
    {
        var header = JournalHeader.Create() with { Version = EventSerializer.FormatVersion + 1 };
        await File.WriteAllBytesAsync(_scene.Path, header.ToLine(), Token);
        var refused = await Assert.ThrowsAsync<InvalidDataException>(async () => await _scene.Open().OpenAsync("study", OpenMode.OpenOrCreate, Token));
        Assert.Contains($"format {header.Version}", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Update HyperOpt", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFolderIsNoFile()
    {
        Directory.CreateDirectory(_scene.Path);
        var refused = await Assert.ThrowsAsync<IOException>(async () => await _scene.Open().OpenAsync("study", OpenMode.OpenOrCreate, Token));
        Assert.Contains("is a folder", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheFolderOfAJournalMustExist()
    {
        var storage = new JournalStorage(Path.Combine(_scene.Path, "missing", "study.journal"));
        Assert.Empty(await storage.ListAsync(Token));
        var refused = await Assert.ThrowsAsync<DirectoryNotFoundException>(async () => await storage.OpenAsync("study", OpenMode.OpenOrCreate, Token));
        Assert.Contains("Create it first", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnEventOfANewerVersionIsNotPassedOver()
    {
        await _scene.FillAsync(1);
        AppendLine(1, "{\"event\":\"trial_cloned\",\"at\":\"2026-11-21T12:00:00+00:00\"}");
        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => _scene.ReadAsync());
        Assert.Contains("trial_cloned", refused.Message, StringComparison.Ordinal);
        Assert.Contains(_scene.Path, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ALogThatCannotBeReadStaysSo()
    {
        await _scene.FillAsync(1);
        AppendLine(1, "{\"event\":\"ended\"}");
        await using var log = await _scene.LogAsync();
        await Assert.ThrowsAsync<InvalidDataException>(async () => await log.ReadAsync(Token));
        await Assert.ThrowsAsync<InvalidDataException>(async () => await log.ReadAsync(Token));
        await Assert.ThrowsAsync<InvalidDataException>(async () => await log.AppendAsync([JournalScene.Alive("a")], Token));
    }

    [Fact]
    public async Task AFileThatIsGoneIsAStudyThatIsGone()
    {
        await _scene.FillAsync(1);
        await using var log = await _scene.LogAsync();
        await log.ReadAsync(Token);
        File.Delete(_scene.Path);
        await Assert.ThrowsAsync<StudyDeletedException>(async () => await log.AppendAsync([JournalScene.Alive("a")], Token));
        Assert.False(File.Exists(_scene.Path));
    }

    [Fact]
    public async Task AnotherJournalInItsPlaceIsNotTakenForIt()
    {
        await _scene.FillAsync(1);
        await using var log = await _scene.LogAsync();
        await log.ReadAsync(Token);
        File.Delete(_scene.Path);
        await _scene.FillAsync(1);
        await Assert.ThrowsAsync<StudyDeletedException>(async () => await log.AppendAsync([JournalScene.Alive("a")], Token));
        await Assert.ThrowsAsync<StudyDeletedException>(async () => await log.ReadAsync(Token));
        Assert.DoesNotContain(await _scene.ReadAsync(), entry => entry is WorkerAlive);
    }

    [Fact]
    public async Task AFileThatWasCutShortUnderAWorkerIsAnErrorOfItsOwn()
    {
        await _scene.FillAsync(3);
        await using var log = await _scene.LogAsync();
        await log.ReadAsync(Token);
        await using (var file = new FileStream(_scene.Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.SetLength(file.Length / 2);
        }

        var told = await Assert.ThrowsAsync<InvalidDataException>(async () => await log.AppendAsync([JournalScene.Alive("a")], Token));
        Assert.Contains("only grows", told.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _scene.Dispose();

    private void AppendLine(int study, string json)
    {
        using var file = new FileStream(_scene.Path, FileMode.Append);
        JournalLine.Write(file, study, false, System.Text.Encoding.UTF8.GetBytes(json));
    }
}
