using System.Diagnostics;
using HyperOpt.Sqlite;
using Microsoft.Data.Sqlite;
using Xunit;

namespace HyperOpt.Storage.Tests.Sqlite;

/// <summary>What goes wrong is said clearly, and loses nothing.</summary>
public sealed class SqliteErrorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static DateTimeOffset Noon => new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData(":memory:")]
    [InlineData("Data Source=:memory:")]
    [InlineData("Data Source=x.db;Mode=Memory")]
    [InlineData("Data Source=x.db;Colour=Blue")]
    public void WhatNamesNoFileIsRefusedAtOnce(string source) => Assert.Throws<ArgumentException>(() => new SqliteStorage(source));

    [Fact]
    public async Task AConnectionStringAndAPathWithAnEqualsSignAreToldApart()
    {
        var path = _folder.File("a=b.db");
        await (await new SqliteStorage(path).OpenAsync("study", OpenMode.OpenOrCreate, Token)).DisposeAsync();
        Assert.True(File.Exists(path));
        Assert.Equal(["study"], await new SqliteStorage($"Data Source={path}").ListAsync(Token));
    }

    [Fact]
    public async Task AFileThatIsNoDatabaseIsLeftAlone()
    {
        var path = _folder.File("notes.txt");
        await File.WriteAllTextAsync(path, string.Concat(Enumerable.Repeat("These are notes, not a database. ", 100)), Token);
        var before = await File.ReadAllBytesAsync(path, Token);
        foreach (var mode in Enum.GetValues<OpenMode>())
        {
            var error = await Assert.ThrowsAsync<InvalidDataException>(async () => await new SqliteStorage(path).OpenAsync("study", mode, Token));
            Assert.Contains(path, error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(before, await File.ReadAllBytesAsync(path, Token));
    }

    [Fact]
    public async Task ADatabaseOfSomebodyElseIsSharedAndKept()
    {
        var path = _folder.File("shared.db");
        Execute(path, "CREATE TABLE customer (name TEXT); INSERT INTO customer VALUES ('Ada')");
        Assert.Empty(await new SqliteStorage(path).ListAsync(Token));
        await Assert.ThrowsAsync<KeyNotFoundException>(async () => await new SqliteStorage(path).OpenAsync("study", OpenMode.Open, Token));
        await (await new SqliteStorage(path).OpenAsync("study", OpenMode.OpenOrCreate, Token)).DisposeAsync();
        Execute(path, "INSERT INTO customer VALUES ('Grace')");
    }

    [Fact]
    public async Task ANewerVersionIsRefusedByEveryDoor()
    {
        var path = _folder.File("newer.db");
        await (await new SqliteStorage(path).OpenAsync("study", OpenMode.OpenOrCreate, Token)).DisposeAsync();
        Execute(path, "UPDATE hyperopt_meta SET version = 2");
        var storage = new SqliteStorage(path);
        foreach (var mode in Enum.GetValues<OpenMode>())
        {
            var error = await Assert.ThrowsAsync<InvalidDataException>(async () => await storage.OpenAsync("study", mode, Token));
            Assert.Contains("version 2", error.Message, StringComparison.Ordinal);
            Assert.Contains("Update HyperOpt.Sqlite", error.Message, StringComparison.Ordinal);
        }

        await Assert.ThrowsAsync<InvalidDataException>(async () => await storage.ListAsync(Token));
        await Assert.ThrowsAsync<InvalidDataException>(async () => await storage.DeleteAsync("study", Token));
        await Assert.ThrowsAsync<InvalidDataException>(async () => await storage.RenameAsync("study", "other", Token));
    }

    [Fact]
    public async Task AFolderThatIsMissingIsNamed()
    {
        var path = Path.Combine(_folder.File("missing"), "study.db");
        var error = await Assert.ThrowsAsync<IOException>(async () => await new SqliteStorage(path).OpenAsync("study", OpenMode.OpenOrCreate, Token));
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<IOException>(async () => await new SqliteStorage(_folder.Path).OpenAsync("study", OpenMode.OpenOrCreate, Token));
    }

    [Fact]
    public async Task ReadingOnlyIsSaidWhereSomethingIsWritten()
    {
        var path = _folder.File("kept.db");
        await using var writer = await new SqliteStorage(path).OpenAsync("study", OpenMode.OpenOrCreate, Token);
        var readOnly = new SqliteStorage($"Data Source={path};Mode=ReadOnly");
        Assert.Equal(["study"], await readOnly.ListAsync(Token));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(async () => await readOnly.OpenAsync("other", OpenMode.OpenOrCreate, Token));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(async () => await readOnly.DeleteAsync("study", Token));
        await using var log = await readOnly.OpenAsync("study", OpenMode.Open, Token);
        await Assert.ThrowsAsync<UnauthorizedAccessException>(async () => await log.AppendAsync([new WorkerAlive(Noon, "w")], Token));
    }

    [Fact]
    public async Task WhoHoldsATransactionIsWaitedForAndThenNamed()
    {
        var path = _folder.File("busy.db");
        await using var log = await new SqliteStorage(path) { BusyTimeout = TimeSpan.FromMilliseconds(200) }.OpenAsync("study", OpenMode.OpenOrCreate, Token);
        using (var other = Open(path))
        {
            Execute(other, "BEGIN IMMEDIATE");
            var clock = Stopwatch.StartNew();
            var error = await Assert.ThrowsAsync<TimeoutException>(async () => await log.AppendAsync([new WorkerAlive(Noon, "w")], Token));
            Assert.True(clock.Elapsed >= TimeSpan.FromMilliseconds(200));
            Assert.Contains("BusyTimeout", error.Message, StringComparison.Ordinal);
            Assert.Empty((await log.ReadAsync(Token)).Events.ToArray()); // reading is not in the way
        }

        Assert.True((await log.AppendAsync([new WorkerAlive(Noon, "w")], Token)).IsAccepted);
    }

    [Fact]
    public async Task AnAppendWaitsForAnotherWriterAndGoesOn()
    {
        var path = _folder.File("patient.db");
        await using var log = await new SqliteStorage(path).OpenAsync("study", OpenMode.OpenOrCreate, Token);
        Task<LogSlice> waiting;
        using (var other = Open(path))
        {
            Execute(other, "BEGIN IMMEDIATE");
            waiting = log.AppendAsync([new WorkerAlive(Noon, "w")], Token).AsTask();
            Assert.False(waiting.IsCompleted);
            Execute(other, "COMMIT");
        }

        Assert.True((await waiting).IsAccepted);
    }

    [Fact]
    public async Task ADamagedFileIsSaidToBeDamaged()
    {
        var path = _folder.File("damaged.db");
        await using (var log = await new SqliteStorage(path).OpenAsync("study", OpenMode.OpenOrCreate, Token))
        {
            await log.AppendAsync([.. Enumerable.Range(0, 500).Select(i => new WorkerAlive(Noon, $"worker {i}"))], Token);
        }

        var bytes = await File.ReadAllBytesAsync(path, Token);
        bytes.AsSpan(8192, bytes.Length - 8192).Fill(0x5A);
        await File.WriteAllBytesAsync(path, bytes, Token);
        await Assert.ThrowsAsync<InvalidDataException>(async () =>
        {
            await using var log = await new SqliteStorage(path).OpenAsync("study", OpenMode.Read, Token);
            await log.ReadAsync(Token);
        });
    }

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        return connection;
    }

    private static void Execute(string path, string sql)
    {
        using var connection = Open(path);
        Execute(connection, sql);
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
