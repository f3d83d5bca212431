using HyperOpt.Tests.Support;
using Xunit;

namespace HyperOpt.Tests.Contracts;

/// <content>The same seed and Lag give the same trials, with any number of workers, in one run or several.</content>
public abstract partial class SamplerContract
{
    [Theory]
    [InlineData(true, 1)]
    [InlineData(true, 2)]
    [InlineData(true, 4)]
    [InlineData(true, 8)]
    [InlineData(false, 1)]
    [InlineData(false, 2)]
    [InlineData(false, 4)]
    [InlineData(false, 8)]
    public async Task AStudyHasTheSameTrialsAtAnyParallelismInOneRunOrTwo(bool isDeclared, int parallelism)
    {
        var study = new ReproducibleStudy(CreateSampler)
        {
            IsDeclared = isDeclared,
            Wait = static async turns =>
            {
                for (var i = 0; i < 5 * turns; i++)
                {
                    await Task.Yield();
                }
            },
        };
        var expected = await study.RunAsync(1, 0, ReproducibleStudy.Trials);
        SamplerLaws.AssertSameTrials(
            expected, await study.RunAsync(parallelism, parallelism, ReproducibleStudy.Trials), $"{parallelism} workers must come to the trials of one.");
        SamplerLaws.AssertSameTrials(
            expected, await study.RunAsync(parallelism, 99, 13, 27), "13 trials and 27 more must be the same as 40.");
    }
}
