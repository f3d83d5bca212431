using HyperOpt.Samplers.GaussianProcess;
using Xunit;

namespace HyperOpt.Tests.Samplers.GaussianProcess;

public sealed class FitScheduleTests
{
    [Fact]
    public void FitsAreEveryTrialAtFirstAndThenASixteenthApart()
    {
        Assert.All(Enumerable.Range(0, 33), count => Assert.Equal(count, FitSchedule.At(count)));
        for (var count = 33; count < 5_000; count++)
        {
            var fit = FitSchedule.At(count);
            Assert.InRange(fit, count - Math.Clamp(count / 16, 1, 50), count);
            Assert.Equal(fit, FitSchedule.At(fit));
        }
    }

    [Fact]
    public void AnchorsDoubleAndThenQuadruple()
    {
        Assert.Equal([0, 0, 10, 10, 20, 40, 160, 640], new[] { 1, 10, 11, 20, 21, 80, 640, 2000 }.Select(FitSchedule.AnchorOf));
        Assert.Equal([20, 40, 80, 160, 640, 2560], Enumerable.Range(11, 4000).Where(FitSchedule.IsAnchor));
    }
}
