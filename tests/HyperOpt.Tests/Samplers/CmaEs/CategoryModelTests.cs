using HyperOpt.Samplers.CmaEs;
using HyperOpt.Spaces;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Samplers.CmaEs;

public sealed class CategoryModelTests
{
    private static readonly SearchAxes Axes = new([Parameter.Categorical("a", 0, 1, 2), Parameter.Categorical("b", 0, 1, 2, 3)]);

    [Fact]
    public void AGenerationIsThatOfTheReference()
    {
        // cmaes 0.13.1: CatCMAwM(c_space=[3,4], population_size=6), told the same trials. Later generations differ, because it uses each Δ a generation later.
        double[][] expected = [[0.6503604943569029, 0.1748197528215485, 0.1748197528215485], [0.5693792625747873, 0.1311148146161614, 0.1683911081928899, 0.1311148146161614]];
        var trials = new List<Observation>();
        for (var k = 0; k < 6; k++)
        {
            var (a, b) = ((k * 7 + k * k) % 3, (k * 5 + k) % 4);
            trials.Add(CmaScene.Completed(k, [(a + 0.5) / 3, (b + 0.5) / 4], a + 0.3 * b + 0.01 * k));
        }

        var model = CategoryModel.Uniform(Axes).Update(Axes, trials, Selection.Of(new StrategyConstants(0, 6, false), trials, ViolationScales.None));
        for (var index = 0; index < 2; index++)
        {
            for (var value = 0; value < expected[index].Length; value++)
            {
                Assert.Equal(expected[index][value], model.Chances(index)[value], 1e-7); // it adds 1e-8 to what it divides by
            }
        }
    }

    [Fact]
    public void NoValueEverDisappearsAndChancesAddUp()
    {
        var model = CategoryModel.Uniform(Axes);
        var constants = new StrategyConstants(0, 6, false);
        for (var generation = 0; generation < 200; generation++)
        {
            Observation[] trials = [.. Enumerable.Range(0, 6).Select(k => CmaScene.Completed(k, [0.5 / 3, (k + generation) % 4 * 0.25 + 0.1], k))];
            model = model.Update(Axes, trials, Selection.Of(constants, trials, ViolationScales.None));
            for (var index = 0; index < 2; index++)
            {
                var chances = model.Chances(index).ToArray();
                Assert.Equal(1, chances.Sum(), 1e-12);
                Assert.True(chances.Min() >= (1 - Math.Sqrt(0.73)) / (chances.Length - 1) - 1e-12);
            }
        }
    }

    [Fact]
    public void AValueStandsWhereItsShareOfTheUnitIntervalIs()
    {
        var model = CategoryModel.Of([[0.2, 0.5, 0.3], [0.25, 0.25, 0.25, 0.25]]);
        Assert.Equal([0, 1, 1, 2, 2], [.. new[] { 0.1, 0.21, 0.69, 0.71, 0.999 }.Select(u => model.ValueAt(0, u, 0))]);
        Assert.Equal([0, 1, 2], [.. new[] { 0.33, 0.34, 0.67 }.Select(u => model.ValueAt(0, u, 1))]);
    }

    [Fact]
    public void TrialsInWhichTheAxisWasInactiveMoveNothing()
    {
        var model = CategoryModel.Of([[0.2, 0.5, 0.3], [0.25, 0.25, 0.25, 0.25]]);
        Observation[] trials = [.. Enumerable.Range(0, 6).Select(k => CmaScene.Completed(k, [double.NaN, 0.1], k))];
        Assert.Equal([0.2, 0.5, 0.3], model.Update(Axes, trials, Selection.Of(new StrategyConstants(0, 6, false), trials, ViolationScales.None)).Chances(0).ToArray());
    }
}
