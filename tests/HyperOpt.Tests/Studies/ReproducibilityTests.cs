using HyperOpt.Pruners;
using HyperOpt.Samplers;
using HyperOpt.Tests.Support;
using Xunit;

namespace HyperOpt.Tests.Studies;

/// <summary>The same seed and Lag give the same trials, bit for bit: whatever the parallelism, the delays, the pruning, the split into runs.</summary>
public sealed class ReproducibilityTests
{
    private const int Trials = ReproducibleStudy.Trials;

    public static TheoryData<string, string, bool> Cases()
    {
        var cases = new TheoryData<string, string, bool>();
        foreach (var sampler in new[] { "random", "grid", "sobol", "neighbour" })
        {
            foreach (var pruner in new[] { "none", "median" })
            {
                cases.Add(sampler, pruner, true);
                cases.Add(sampler, pruner, false);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task TheSameSeedAndLagGiveTheSameTrialsAtAnyParallelism(string sampler, string pruner, bool isDeclared)
    {
        var study = Create(sampler, pruner, isDeclared);
        var expected = await study.RunAsync(1, 0, Trials);
        foreach (var parallelism in new[] { 1, 2, 4, 8 })
        {
            Assert.Equal(expected, await study.RunAsync(parallelism, parallelism, Trials));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task ThirteenAndTwentySevenTrialsAreForty(string sampler, string pruner, bool isDeclared)
    {
        var study = Create(sampler, pruner, isDeclared);
        Assert.Equal(await study.RunAsync(1, 0, Trials), await study.RunAsync(4, 99, 13, 27));
    }

    [Fact]
    public async Task AnotherSeedGivesOtherTrials()
    {
        var study = Create("random", "none", true);
        Assert.NotEqual(await study.RunAsync(1, 0, Trials), await (study with { Seed = 8 }).RunAsync(1, 0, Trials));
    }

    [Fact]
    public async Task AnotherLagGivesOtherTrialsOfASamplerThatLearns()
    {
        var study = Create("neighbour", "none", true);
        Assert.NotEqual(await study.RunAsync(1, 0, Trials), await (study with { Lag = 1 }).RunAsync(1, 0, Trials));
    }

    private static ReproducibleStudy Create(string sampler, string pruner, bool isDeclared) => new(() => SamplerOf(sampler))
    {
        Pruner = pruner == "median" ? new MedianPruner { StartupTrials = 3 } : new NopPruner(),
        IsDeclared = isDeclared,
    };

    private static ISampler SamplerOf(string name) => name switch
    {
        "grid" => new GridSampler { PointsPerAxis = 3 },
        "sobol" => new QuasiRandomSampler(),
        "neighbour" => new NeighbourSampler(),
        _ => new RandomSampler(),
    };
}
