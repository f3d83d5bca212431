using HyperOpt.Storage;
using HyperOpt.Tests.Support;
using Xunit;

namespace HyperOpt.Tests.Contracts;

/// <summary>What any artifact store must hold to.</summary>
public abstract class ArtifactStoreContract
{
    private protected const string Study = "0123456789abcdef0123456789abcdef";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    protected abstract IArtifactStore Store { get; }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData(300_000)]
    public async Task WhatWasWrittenIsRead(int length)
    {
        var content = Content(length);
        await Store.WriteAsync(Study, "0-0-1", new OddStream(content), Token);
        Assert.Equal(content, await Streams.BytesAsync(await Store.OpenAsync(Study, "0-0-1", Token)));
    }

    [Fact]
    public async Task ReadingBeginsWhereTheStreamStands()
    {
        using var stream = new MemoryStream([1, 2, 3, 4]) { Position = 2 };
        await Store.WriteAsync(Study, "0-0-1", stream, Token);
        Assert.Equal([3, 4], await Streams.BytesAsync(await Store.OpenAsync(Study, "0-0-1", Token)));
    }

    [Fact]
    public async Task WhatIsNotThereIsNull()
    {
        Assert.Null(await Store.OpenAsync(Study, "0-0-1", Token));
        await Store.WriteAsync(Study, "0-0-1", Streams.Of("a"), Token);
        Assert.Null(await Store.OpenAsync(Study, "0-0-2", Token));
        Assert.Null(await Store.OpenAsync("f" + Study[1..], "0-0-1", Token));
    }

    [Fact]
    public async Task AWriteThatBreaksKeepsNothing()
    {
        await Assert.ThrowsAsync<IOException>(() => Store.WriteAsync(Study, "0-0-1", new OddStream(Content(100), breaksAt: 50), Token).AsTask());
        Assert.Null(await Store.OpenAsync(Study, "0-0-1", Token));
        Assert.Empty(await Store.ListAsync(Study, Token));
    }

    [Fact]
    public async Task AWriteThatIsCancelledKeepsNothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Store.WriteAsync(Study, "0-0-1", Streams.Of("a"), new CancellationToken(canceled: true)).AsTask());
        Assert.Null(await Store.OpenAsync(Study, "0-0-1", Token));
        Assert.Empty(await Store.ListAsync(Study, Token));
    }

    [Fact]
    public async Task AKeyIsWrittenOnce()
    {
        await Store.WriteAsync(Study, "0-0-1", Streams.Of("first"), Token);
        await Assert.ThrowsAsync<IOException>(() => Store.WriteAsync(Study, "0-0-1", Streams.Of("second"), Token).AsTask());
        Assert.Equal("first", await Streams.TextAsync(await Store.OpenAsync(Study, "0-0-1", Token)));
    }

    [Fact]
    public async Task DeletingRemovesOneKeyAndMayBeRepeated()
    {
        await Store.WriteAsync(Study, "0-0-1", Streams.Of("a"), Token);
        await Store.WriteAsync(Study, "0-0-2", Streams.Of("b"), Token);
        await Store.DeleteAsync(Study, "0-0-1", Token);
        await Store.DeleteAsync(Study, "0-0-1", Token);
        Assert.Equal(["0-0-2"], await Store.ListAsync(Study, Token));
    }

    [Fact]
    public async Task DeletingInAStudyThatHasNothingDoesNothing() => await Store.DeleteAsync(Study, "0-0-1", Token);

    [Fact]
    public async Task AReaderReadsOnAfterTheDeletion()
    {
        var content = Content(300_000);
        await Store.WriteAsync(Study, "0-0-1", new MemoryStream(content), Token);
        var reader = await Store.OpenAsync(Study, "0-0-1", Token);
        await Store.DeleteAsync(Study, "0-0-1", Token);
        Assert.Equal(content, await Streams.BytesAsync(reader));
    }

    [Fact]
    public async Task TheListHasTheKeysOfOneStudyInOrdinalOrder()
    {
        foreach (var key in new[] { "2-0-1", "10-0-1", "2-1-0" })
        {
            await Store.WriteAsync(Study, key, Streams.Of(key), Token);
        }

        await Store.WriteAsync("f" + Study[1..], "3-0-1", Streams.Of("other"), Token);
        Assert.Equal(["10-0-1", "2-0-1", "2-1-0"], await Store.ListAsync(Study, Token));
        Assert.Empty(await Store.ListAsync("e" + Study[1..], Token));
    }

    [Fact]
    public async Task ManyWritersAtOnceDoNotDisturbEachOther()
    {
        await Task.WhenAll(Enumerable.Range(0, 32).Select(trial => Task.Run(
            async () => await Store.WriteAsync(Study, $"{trial}-0-1", new OddStream(Content(1000 + trial)), Token), Token)));
        for (var trial = 0; trial < 32; trial++)
        {
            Assert.Equal(Content(1000 + trial), await Streams.BytesAsync(await Store.OpenAsync(Study, $"{trial}-0-1", Token)));
        }
    }

    [Theory]
    [MemberData(nameof(BadKeys))]
    public async Task KeysAndStudiesThatTheLibraryDoesNotMakeAreRefused(string bad)
    {
        var (empty, text) = (CancellationToken.None, Streams.Of("a"));
        foreach (var (study, key) in new[] { (Study, bad), (bad, "0-0-1") })
        {
            await Assert.ThrowsAsync<ArgumentException>(() => Store.WriteAsync(study, key, text, empty).AsTask());
            await Assert.ThrowsAsync<ArgumentException>(() => Store.OpenAsync(study, key, empty).AsTask());
            await Assert.ThrowsAsync<ArgumentException>(() => Store.DeleteAsync(study, key, empty).AsTask());
        }

        await Assert.ThrowsAsync<ArgumentException>(() => Store.ListAsync(bad, empty).AsTask());
    }

    public static TheoryData<string> BadKeys() =>
    [
        "", " ", ".", "..", "../x", "..\\x", "/etc/passwd", "C:\\x", "a/b", "a\0b", "a\nb", "A", "é", "💥", "con.txt", "a:b", "x.part", new string('a', 65),
    ];

    private protected static byte[] Content(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)(i * 31 + i / 251))];
}
