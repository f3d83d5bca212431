using System.Collections.Concurrent;
using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Tests.Support;
using Xunit;

namespace HyperOpt.Tests.Studies;

/// <summary>A synchronous objective keeps its thread: the caller's with one worker, own ones with several.</summary>
public sealed class SynchronousThreadsTests
{
    private static readonly FloatParameter X = Parameter.Float("x", -5, 5);

    [Fact]
    public void OneWorkerWithoutLimitsNeverLeavesTheCallersThread()
    {
        var threads = new ConcurrentBag<Thread>();
        var study = new Study(new StudyOptions
        {
            Sampler = new DelegateSampler((space, history, random) =>
            {
                threads.Add(Thread.CurrentThread);
                return new RandomSampler().Propose(space, history, random);
            }),
        });
        study.Optimize(
            trial =>
            {
                threads.Add(Thread.CurrentThread);
                var x = trial.Suggest(X);
                trial.Report(0, x);
                trial.SetAttribute("x", x);
                threads.Add(Thread.CurrentThread);
                return trial.ShouldPrune ? 0 : x;
            },
            new RunOptions { Trials = 30, OnTrialEnded = (_, _) => threads.Add(Thread.CurrentThread) });
        Assert.Same(Thread.CurrentThread, Assert.Single(threads.Distinct()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void EightWorkersStartAtOnceOnThreadsThatAreNotThePools(bool isReproducible)
    {
        using var all = new Barrier(8);
        var study = new Study(new StudyOptions { Space = [X] });
        study.Optimize(
            trial =>
            {
                Assert.False(Thread.CurrentThread.IsThreadPoolThread);
                all.Meet();
                return trial.Suggest(X);
            },
            new RunOptions { Trials = 16, Parallelism = 8, Reproducible = isReproducible });
        Assert.Equal(16, study.Trials.Count);
    }
}
