using System.Diagnostics;
using HyperOpt.Sqlite;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Storage.Tests.Sqlite;

/// <summary>On a disk that is full: a small tmpfs, which only the superuser can mount; as anybody else the test fails, like one that needs PostgreSQL.</summary>
public sealed class SqliteDiskTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly bool _isMounted;

    public SqliteDiskTests() => _isMounted = Environment.IsPrivilegedProcess && Run("mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", _folder.Path);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        if (_isMounted)
        {
            Run("umount", _folder.Path);
        }

        _folder.Dispose();
    }

    [Fact]
    public async Task AFullDiskIsSaidToBeFullAndTheLogStaysWhole()
    {
        Assert.True(_isMounted, "This test needs to mount a small tmpfs: run it as root, as the continuous integration does.");
        var storage = new SqliteStorage(_folder.File("study.db"));
        await using var log = await storage.OpenAsync("study", OpenMode.OpenOrCreate, Token);
        var ballast = _folder.File("ballast");
        await File.WriteAllBytesAsync(ballast, new byte[100_000], Token);
        var kept = 0;
        var error = await Assert.ThrowsAsync<IOException>(async () =>
        {
            for (; kept < 10_000; kept++)
            {
                await log.AppendAsync([Ended(kept)], Token);
            }
        });
        Assert.Contains("full", error.Message, StringComparison.Ordinal);
        Assert.InRange(kept, 1, 9_999);
        File.Delete(ballast);
        Assert.True((await log.AppendAsync([Ended(kept)], Token)).IsAccepted);
        await using var reader = await storage.OpenAsync("study", OpenMode.Read, Token);
        Assert.Equal(Enumerable.Range(0, kept + 1), (await reader.ReadAsync(Token)).Events.ToArray().Select(entry => ((TrialEnded)entry).Number));
    }

    private static TrialEnded Ended(int number) => new(DateTimeOffset.UnixEpoch, number, 0, TrialState.Failed) { Error = new string('x', 1000) };

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
