using System.Security.Cryptography;
using System.Text;
using HyperOpt.Storage;
using HyperOpt.Tests.Support;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Storage;

public sealed class VerifyingStreamTests
{
    private static readonly Artifact Saved = new("model", 9, Convert.ToHexStringLower(SHA256.HashData("unchanged"u8)), "0-0-1");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task WhatIsUnchangedIsReadThrough(bool seekable) =>
        Assert.Equal("unchanged", await Streams.TextAsync(new VerifyingStream(Source("unchanged", seekable), Saved, 3)));

    [Theory]
    [InlineData("unchangeD", "the SHA-256 2f")]
    [InlineData("unchange", "8 bytes instead of 9")]
    [InlineData("", "0 bytes instead of 9")]
    [InlineData("unchanged!", "more than 9 bytes")]
    public async Task WhatIsChangedIsToldAtTheEndAtTheLatest(string content, string facts)
    {
        var error = await Assert.ThrowsAsync<InvalidDataException>(() => Streams.BytesAsync(new VerifyingStream(Source(content, false), Saved, 3)));
        facts = facts.Contains("SHA", StringComparison.Ordinal) ? "the SHA-256 " + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content))) : facts;
        Assert.StartsWith("An artifact is read as it was saved, but 'model' of trial 3 has " + facts, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("unchange")]
    [InlineData("unchanged!")]
    public void AWrongLengthIsToldAtOnceWhereItCanBeSeen(string content)
    {
        var inner = Source(content, true);
        Assert.Throws<InvalidDataException>(() => new VerifyingStream(inner, Saved, 3));
        Assert.False(inner.CanRead);
    }

    [Fact]
    public void TheLastBytesAreNotHandedOutIfAnyIsWrong()
    {
        using var stream = new VerifyingStream(Source("unchangeD", true), Saved, 3);
        var buffer = new byte[9];
        stream.ReadExactly(buffer.AsSpan(0, 8));
        Assert.Throws<InvalidDataException>(() => stream.ReadByte());
    }

    [Fact]
    public async Task NothingAtAllIsVerifiedToo()
    {
        var nothing = new Artifact("empty", 0, Convert.ToHexStringLower(SHA256.HashData([])), "0-0-1");
        Assert.Empty(await Streams.BytesAsync(new VerifyingStream(Source("", false), nothing, 3)));
        var wrong = nothing with { Hash = Saved.Hash };
        await Assert.ThrowsAsync<InvalidDataException>(() => Streams.BytesAsync(new VerifyingStream(Source("", false), wrong, 3)));
    }

    [Fact]
    public void AskingForNothingDecidesNothing()
    {
        using var stream = new VerifyingStream(Source("unchanged", false), Saved, 3);
        Assert.Equal(0, stream.Read([]));
        Assert.Equal(1, stream.Read(new byte[1]));
    }

    private static Stream Source(string text, bool seekable) =>
        seekable ? Streams.Of(text) : new OddStream(Encoding.UTF8.GetBytes(text));
}
