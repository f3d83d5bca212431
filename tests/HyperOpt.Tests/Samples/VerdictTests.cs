using QuickStart;
using Xunit;

namespace HyperOpt.Tests.Samples;

public sealed class VerdictTests
{
    /// <remarks>Wilson's definition: the ends are the true shares from which the observed one is just 1.96 standard deviations away.</remarks>
    [Theory]
    [InlineData(0.5, 10)]
    [InlineData(0.974, 355)]
    [InlineData(0.884, 355)]
    public void TheObservedShareIsJustCredibleAtTheEndsOfTheInterval(double share, int images)
    {
        var (low, high) = Verdict.Wilson(share, images);
        Assert.True(low < share && share < high);
        Assert.Equal(1.959964, (share - low) / Math.Sqrt(low * (1 - low) / images), 1e-9);
        Assert.Equal(1.959964, (high - share) / Math.Sqrt(high * (1 - high) / images), 1e-9);
    }

    [Fact]
    public void NothingOrEverythingRightLeavesRoomOnOneSideOnly()
    {
        Assert.Equal(0, Verdict.Wilson(0, 10).Low, 1e-12);
        Assert.Equal(1, Verdict.Wilson(1, 10).High, 1e-12);
    }
}
