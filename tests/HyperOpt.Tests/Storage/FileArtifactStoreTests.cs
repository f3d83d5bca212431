using HyperOpt.Storage;
using HyperOpt.Tests.Contracts;
using HyperOpt.Tests.Support;
using Xunit;

namespace HyperOpt.Tests.Storage;

public sealed class FileArtifactStoreTests : ArtifactStoreContract, IDisposable
{
    private readonly TempFolder _scratch = new();

    public FileArtifactStoreTests() => Store = new FileArtifactStore(_scratch["artifacts"]);

    protected override IArtifactStore Store { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task NothingIsCreatedBeforeTheFirstWrite()
    {
        Assert.Null(await Store.OpenAsync(Study, "0-0-1", Token));
        Assert.Empty(await Store.ListAsync(Study, Token));
        await Store.DeleteAsync(Study, "0-0-1", Token);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_scratch.Path));
    }

    [Fact]
    public async Task AFileIsWhereItsKeySays()
    {
        await Store.WriteAsync(Study, "7-1-2", Streams.Of("a"), Token);
        Assert.Equal(
            [Path.Combine("artifacts", "study-" + Study, "7-1-2")],
            Directory.EnumerateFiles(_scratch.Path, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(_scratch.Path, file)));
    }

    [Fact]
    public async Task WhatIsBeingWrittenCannotBeReadButIsListed()
    {
        using var source = new GatedStream();
        var writing = Store.WriteAsync(Study, "0-0-1", source, Token).AsTask();
        await source.Reached.WaitAsync(Token);
        Assert.Null(await Store.OpenAsync(Study, "0-0-1", Token));
        Assert.Equal(["0-0-1"], await Store.ListAsync(Study, Token));
        source.Open();
        await writing;
        Assert.Equal("done", await Streams.TextAsync(await Store.OpenAsync(Study, "0-0-1", Token)));
    }

    [Fact]
    public async Task WhatAKilledWriterLeftIsListedAndDeletedLikeTheRest()
    {
        await Store.WriteAsync(Study, "0-0-1", Streams.Of("a"), Token);
        var part = Path.Combine(_scratch["artifacts"], "study-" + Study, "3-0-1.part");
        await File.WriteAllTextAsync(part, "half", Token);
        Assert.Equal(["0-0-1", "3-0-1"], await Store.ListAsync(Study, Token));
        Assert.Null(await Store.OpenAsync(Study, "3-0-1", Token));
        await Store.DeleteAsync(Study, "3-0-1", Token);
        Assert.False(File.Exists(part));
        Assert.Equal(["0-0-1"], await Store.ListAsync(Study, Token));
    }

    [Fact]
    public async Task AStudysFolderGoesWithItsLastFile()
    {
        var folder = Path.Combine(_scratch["artifacts"], "study-" + Study);
        await Store.WriteAsync(Study, "0-0-1", Streams.Of("a"), Token);
        await Store.WriteAsync(Study, "0-0-2", Streams.Of("b"), Token);
        await Store.DeleteAsync(Study, "0-0-1", Token);
        Assert.True(Directory.Exists(folder));
        await Store.DeleteAsync(Study, "0-0-2", Token);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task WritersAndThoseWhoDeleteTheLastFileDoNotDisturbEachOther() => await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(
        async () =>
        {
            for (var save = 0; save < 1000; save++)
            {
                await Store.WriteAsync(Study, $"{writer}-0-{save}", Streams.Of("a"), Token);
                await Store.DeleteAsync(Study, $"{writer}-0-{save}", Token);
            }
        },
        Token)));

    [Fact]
    public async Task AFolderThatCannotBeCreatedIsAClearError()
    {
        await File.WriteAllTextAsync(_scratch["artifacts"], "a file in the way", Token);
        var error = await Assert.ThrowsAnyAsync<IOException>(() => Store.WriteAsync(Study, "0-0-1", Streams.Of("a"), Token).AsTask());
        Assert.Contains(_scratch["artifacts"], error.Message, StringComparison.Ordinal);
    }

    /// <summary>Half its bytes, then it waits to be opened.</summary>
    private sealed class GatedStream : MemoryStream
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public GatedStream()
            : base("done"u8.ToArray())
        {
        }

        public Task Reached => _reached.Task;

        public void Open() => _open.SetResult();

        public override async Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
        {
            await destination.WriteAsync(ToArray().AsMemory(0, 2), cancellationToken);
            _reached.SetResult();
            await _open.Task;
            await destination.WriteAsync(ToArray().AsMemory(2), cancellationToken);
        }
    }
}
