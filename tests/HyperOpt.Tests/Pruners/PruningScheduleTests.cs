using HyperOpt.Pruners;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Pruners;

public class PruningScheduleTests
{
    [Theory]
    [InlineData(0, 1, new[] { 0, 2, 4, 6, 8, 10, 12 }, new[] { 0, 2, 4, 6, 8, 10, 12 })]
    [InlineData(4, 1, new[] { 0, 2, 4, 6, 8, 10, 12 }, new[] { 4, 6, 8, 10, 12 })]
    [InlineData(3, 5, new[] { 0, 2, 4, 6, 8, 10, 12, 14 }, new[] { 4, 8, 14 })]
    [InlineData(0, 100, new[] { 0, 1, 99, 100, 101, 350, 399, 400 }, new[] { 0, 100, 350, 400 })]
    [InlineData(0, int.MaxValue, new[] { 5, 6, int.MaxValue - 1, int.MaxValue }, new[] { 5, int.MaxValue })]
    public void TheFirstReportInAnIntervalIsDue(int warmup, int interval, int[] steps, int[] due) =>
        Assert.Equal(due, steps.Where((_, at) => PruningSchedule.IsDue(Curve(steps[..(at + 1)]), warmup, interval, out _)));

    [Fact]
    public void TheLargestStepIsTheLatestInWhateverOrderStepsCome()
    {
        Assert.True(PruningSchedule.IsDue(Curve([4, 9, 2]), 0, 5, out var latest));
        Assert.Equal(1, latest);
        Assert.False(PruningSchedule.IsDue(Curve([9, 4, 7]), 0, 5, out latest));
        Assert.Equal(0, latest);
    }

    [Fact]
    public void WithoutAReportNothingIsDue()
    {
        Assert.False(PruningSchedule.IsDue(LearningCurve.Empty, 0, 1, out var latest));
        Assert.Equal(-1, latest);
    }

    private static LearningCurve Curve(int[] steps) => LearningCurve.Create(steps.Select(step => (step, 0d)));
}
