using FsCheck;
using FsCheck.Fluent;
using HyperOpt.Storage;
using HyperOpt.Tests.Support;
using Xunit;

namespace HyperOpt.Tests.Storage;

public sealed class ArtifactKeyTests
{
    [Fact]
    public void AKeyIsReadBackAndMayBeUsed() => Law.Holds(
        from trial in Gen.Choose(0, int.MaxValue)
        from attempt in Gen.Choose(0, 100)
        from serial in Gen.Choose(0, int.MaxValue)
        select new ArtifactKey(trial, attempt, serial),
        key =>
        {
            ArtifactKey.Check(key.ToString());
            Assert.True(ArtifactKey.TryParse(key.ToString(), out var read));
            Assert.Equal(key, read);
        });

    [Theory]
    [InlineData("")]
    [InlineData("1-2")]
    [InlineData("1-2-3-4")]
    [InlineData("-1-2-3")]
    [InlineData("a-2-3")]
    [InlineData("1-2-+3")]
    [InlineData(" 1-2-3")]
    [InlineData("1-2-99999999999")]
    public void OtherTextIsNoKey(string text) => Assert.False(ArtifactKey.TryParse(text, out _));

    [Fact]
    public void ARefusalSaysTheLawTheFactsAndWhatToThinkOfIt()
    {
        var error = Assert.Throws<ArgumentException>(() => ArtifactKey.Check("../../etc/passwd"));
        Assert.StartsWith(
            "A key of an artifact, like the id of a study, has 1 to 64 of a-z, 0-9 and '-', but got 16 characters: '../../etc/passwd'.", error.Message, StringComparison.Ordinal);
    }
}
