using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Samplers;

/// <summary>In which order the combinations come.</summary>
public sealed class GridOrderTests
{
    private static readonly IntParameter A = Parameter.Int("a", 1, 3);
    private static readonly CategoricalParameter<string> B = Parameter.Categorical("b", "p", "q");
    private static readonly FloatParameter C = Parameter.Float("c", 0, 1);

    [Fact]
    public async Task WithoutShufflingItIsThatOfCountingTheFirstAxisFastest()
    {
        var trials = await GridRun.ExhaustAsync([A, B, C], new GridSampler { Shuffle = false, PointsPerAxis = 2 });
        var expected = from c in new[] { 0.0, 1.0 }
                       from b in new[] { "p", "q" }
                       from a in new[] { 1, 2, 3 }
                       select (a, b, c);
        Assert.Equal(expected, trials.Select(Values));
    }

    [Fact]
    public async Task WithoutShufflingHardConstraintsLeaveTheOrderOfTheRest()
    {
        var space = SearchSpace.Create(A, B, C).Require(v => v.Get(A) != 2);
        var trials = await GridRun.ExhaustAsync(space, new GridSampler { Shuffle = false, PointsPerAxis = 2 });
        var expected = from c in new[] { 0.0, 1.0 }
                       from b in new[] { "p", "q" }
                       from a in new[] { 1, 3 }
                       select (a, b, c);
        Assert.Equal(expected, trials.Select(Values));
    }

    [Fact]
    public async Task ShuffledOrdersOfDifferentSeedsDifferAndHoldTheSame()
    {
        var orders = new HashSet<string>();
        var counted = (await GridRun.ExhaustAsync([A, B, C], new GridSampler { Shuffle = false })).Select(Values).ToArray();
        for (var seed = 0UL; seed < 20; seed++)
        {
            var shuffled = (await GridRun.ExhaustAsync([A, B, C], seed: seed)).Select(Values).ToArray();
            Assert.Equal(counted.Order(), shuffled.Order());
            orders.Add(string.Join(" ", shuffled));
        }

        Assert.Equal(20, orders.Count);
        Assert.DoesNotContain(string.Join(" ", counted), orders);
    }

    [Fact]
    public async Task WithoutShufflingTheSeedDoesNotMatter()
    {
        var sampler = new GridSampler { Shuffle = false };
        Assert.Equal((await GridRun.ExhaustAsync([A, B, C], sampler, 1)).Select(Values), (await GridRun.ExhaustAsync([A, B, C], sampler, 2)).Select(Values));
    }

    private static (int, string, double) Values(FrozenTrial trial) => (trial.Get(A), trial.Get(B), trial.Get(C));
}
