using System.Diagnostics;
using HyperOpt.Spaces;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Storage.Tests.Journal;

/// <summary>On a disk that is full or may only be read: a small tmpfs, which only the superuser can mount; as anybody else these tests fail.</summary>
public sealed class JournalDiskTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly bool _isMounted;

    public JournalDiskTests() => _isMounted = Environment.IsPrivilegedProcess && Run("mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", _folder.Path);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Path => _folder.File("study.journal");

    private string Ballast => _folder.File("ballast");

    public void Dispose()
    {
        if (_isMounted)
        {
            Run("umount", "-l", _folder.Path);
        }

        _folder.Dispose();
    }

    [Theory]
    [InlineData(100)]
    [InlineData(10_000)] // over several pages: the first of them are written
    public async Task AnAppendThatDoesNotFitIsNoneAndTheLogGoesOnWhenThereIsRoom(int size)
    {
        Assert.True(_isMounted, "This test needs to mount a small tmpfs: run it as root, as the continuous integration does.");
        await using var log = await new JournalStorage(Path).OpenAsync("study", OpenMode.OpenOrCreate, Token);
        await using var reader = await new JournalStorage(Path).OpenAsync("study", OpenMode.Read, Token);
        await File.WriteAllBytesAsync(Ballast, new byte[200_000], Token);
        var kept = 0;
        var error = await Assert.ThrowsAsync<IOException>(async () =>
        {
            for (; kept < 10_000; kept++)
            {
                await log.AppendAsync([Started(kept), Ended(kept, 2 * size)], Token);
            }
        });
        Assert.Contains(Path, error.Message, StringComparison.Ordinal);
        Assert.Contains("Make room", error.Message, StringComparison.Ordinal);
        Assert.InRange(kept, 1, 9_999);
        Assert.Equal(2 * kept, (await reader.ReadAsync(Token)).Events.Length);
        var length = new FileInfo(Path).Length;
        await Assert.ThrowsAsync<IOException>(async () => await new JournalStorage(Path).CompactAsync(Token));
        Assert.False(File.Exists(Path + ".tmp"));
        await Assert.ThrowsAsync<IOException>(async () => await log.AppendAsync([Started(kept), Ended(kept, 50_000)], Token));
        Assert.Equal(length, new FileInfo(Path).Length);
        File.Delete(Ballast);
        Assert.True((await log.AppendAsync([Started(kept), Ended(kept, size)], Token)).IsAccepted);
        await using var late = await new JournalStorage(Path).OpenAsync("study", OpenMode.Read, Token);
        Assert.Equal(Enumerable.Range(0, kept + 1), (await late.ReadAsync(Token)).Events.ToArray().OfType<TrialEnded>().Select(ended => ended.Number));
    }

    [Fact]
    public async Task AResultThatCouldNotBeRecordedCanBeToldAgain()
    {
        Assert.True(_isMounted, "This test needs to mount a small tmpfs: run it as root, as the continuous integration does.");
        var x = Parameter.Float("x", 0, 1);
        await using var study = await Study.OpenAsync(new StudyOptions { Space = [x], Storage = new JournalStorage(Path) }, Token);
        var trial = study.Ask();
        trial.SetAttribute("large", new string('x', 10_000));
        FillUp();
        Assert.Throws<IOException>(() => study.Tell(trial, 0.5));
        File.Delete(Ballast);
        Assert.Equal(0.5, study.Tell(trial, 0.5).Value);
        Assert.Throws<InvalidOperationException>(() => study.Tell(trial, 0.6));
    }

    [Fact]
    public async Task ADiskThatMayOnlyBeReadIsReadAndItsWritersAreToldSo()
    {
        Assert.True(_isMounted, "This test needs to mount a small tmpfs: run it as root, as the continuous integration does.");
        var storage = new JournalStorage(Path);
        await using (var log = await storage.OpenAsync("study", OpenMode.OpenOrCreate, Token))
        {
            await log.AppendAsync([Ended(0, 10)], Token);
        }

        Assert.True(Run("mount", "-o", "remount,ro", _folder.Path));
        await using var reader = await storage.OpenAsync("study", OpenMode.Read, Token);
        Assert.Equal(1, (await reader.ReadAsync(Token)).Events.Length);
        Assert.Equal(["study"], await storage.ListAsync(Token));
        await using var writer = await storage.OpenAsync("study", OpenMode.Open, Token);
        Func<Task>[] writes =
        [
            async () => await writer.AppendAsync([Ended(1, 10)], Token), async () => await storage.OpenAsync("other", OpenMode.OpenOrCreate, Token),
            async () => await storage.DeleteAsync("study", Token), async () => await storage.RenameAsync("study", "other", Token), async () => await storage.CompactAsync(Token),
        ];
        foreach (var write in writes)
        {
            var refused = await Assert.ThrowsAnyAsync<Exception>(write);
            Assert.True(refused is IOException or UnauthorizedAccessException, refused.ToString());
            Assert.Contains(Path, refused.Message, StringComparison.Ordinal);
        }

        Assert.True(Run("mount", "-o", "remount,rw", _folder.Path));
        Assert.True((await writer.AppendAsync([Ended(1, 10)], Token)).IsAccepted);
        Assert.Equal(1, (await reader.ReadAsync(Token)).Events.Length);
    }

    private static TrialStarted Started(int number) => new(DateTimeOffset.UnixEpoch, number, 0, "w", true, null, null);

    private static TrialEnded Ended(int number, int size) => new(DateTimeOffset.UnixEpoch, number, 0, TrialState.Failed) { Error = new string('x', size) };

    private void FillUp()
    {
        using var file = File.Create(Ballast, 1);
        try
        {
            for (var page = 0; page < 1_000; page++)
            {
                file.Write(new byte[4096]);
            }
        }
        catch (IOException)
        {
            return;
        }

        Assert.Fail("The disk did not fill up.");
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
