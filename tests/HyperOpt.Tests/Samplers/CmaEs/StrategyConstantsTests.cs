using HyperOpt.Samplers.CmaEs;
using Xunit;

namespace HyperOpt.Tests.Samplers.CmaEs;

public sealed class StrategyConstantsTests
{
    // cmaes 0.13.1: CMA(mean=zeros(d), sigma=1, population_size=l)
    [Theory]
    [InlineData(10, 10, 3.1672992814107, 0.0152838245247517, 0.0201542827612084, 0.284428587946367, 1.28442858794637, 0.294990383035622, 3.08472656516901, 0.456272646903406, -0.586221828778835)]
    [InlineData(40, 15, 4.54091520907596, 0.00116943272526184, 0.00312250071099741, 0.132030568702083, 1.13203056870208, 0.0930092166342492, 6.28521508039776, 0.344796198592021, -0.315504621796035)]
    [InlineData(100, 17, 5.09618887861017, 0.000194802926953566, 0.00063260323183747, 0.0644544461610228, 1.06445444616102, 0.0389134200578418, 9.97504761904762, 0.315095875267623, -0.266148683561178)]
    public void TheyAreThoseOfTheReference(
        int dimensions, int population, double mass, double rankOne, double rankMany, double pathRate, double damping, double shapeRate, double length, double first, double last)
    {
        var constants = new StrategyConstants(dimensions, population, false);
        Assert.Equal(population, StrategyConstants.PopulationFor(dimensions));
        double[] expected = [mass, rankOne, rankMany, pathRate, damping, shapeRate, length, first, last];
        double[] actual =
        [
            constants.ParentsMass, constants.RankOne, constants.RankMany, constants.PathRate, constants.Damping, constants.ShapePathRate, constants.ExpectedLength,
            constants.Weights[0], constants.Weights[^1],
        ];
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-13 * Math.Abs(pair.First) + 1e-15));
    }

    [Fact]
    public void AnyPopulationGivesRatesThatKeepACovariance()
    {
        foreach (var dimensions in new[] { 0, 1, 2, 5, 30, 300 })
        {
            foreach (var population in new[] { 4, 5, 7, 20, 1000 })
            {
                foreach (var isDiagonal in new[] { false, true })
                {
                    var constants = new StrategyConstants(dimensions, population, isDiagonal);
                    Assert.Equal(1, constants.Weights[..constants.Parents].Sum(), 1e-12);
                    Assert.InRange(constants.RankOne + constants.RankMany, 0, 1);
                    Assert.InRange(constants.RankOne + constants.RankMany * constants.Weights.Sum(), -1, 1 + 1e-12); // what was keeps a weight
                    Assert.True(constants.Weights.All(double.IsFinite) && constants.PathRate is > 0 and < 1);
                }
            }
        }
    }
}
