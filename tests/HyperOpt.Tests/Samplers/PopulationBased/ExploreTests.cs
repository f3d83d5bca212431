using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Samplers.PopulationBased;

/// <summary>How hyperparameters vary, by the kind of their axis.</summary>
public sealed class ExploreTests
{
    private const int Draws = 400;

    private static readonly FloatParameter Rate = Parameter.Float("rate", 1e-4, 1).Log();

    private static readonly Explore Nudge = Explore.Perturb(1.2, resample: 0);

    [Fact]
    public void ALogScaledNumberIsMultipliedOrDivided() => AssertNear([0.01 * 1.2, 0.01 / 1.2], Values(Rate, 0.01, Nudge));

    [Fact]
    public void SoIsOneWhoseRangeDoesNotHoldZero()
    {
        AssertNear([3 * 1.2, 3 / 1.2], Values(Parameter.Float("x", 1, 10), 3, Nudge));
        AssertNear([-3 * 1.2, -3 / 1.2], Values(Parameter.Float("x", -10, -1), -3, Nudge));
    }

    [Fact]
    public void OneWhoseRangeHoldsZeroIsMovedByAShareOfTheRange()
    {
        AssertNear([0.5, 0.3], Values(Parameter.Float("x", 0, 0.5), 0.4, Nudge)); // 0.4 + 0.1 and 0.4 - 0.1
        AssertNear([2, -2], Values(Parameter.Float("x", -5, 5), 0, Nudge));
        AssertNear([0.1, 0], Values(Parameter.Float("x", 0, 0.5), 0, Nudge)); // from zero, too, which a factor would never leave
    }

    [Fact]
    public void WhatLeavesTheRangeIsSetToItsEnd()
    {
        AssertNear([1, 0.9 / 1.2], Values(Rate, 0.9, Nudge));
        AssertNear([1.1e-4 * 1.2, 1e-4], Values(Rate, 1.1e-4, Nudge));
        AssertNear([double.MaxValue, 0.6 * double.MaxValue], Values(Parameter.Float("x", -double.MaxValue, double.MaxValue), double.MaxValue, Nudge));
    }

    [Fact]
    public void AWholeNumberMovesByOneAtTheLeast()
    {
        AssertNear([3, 1], Values(Parameter.Int("n", 1, 64).Log(), 2, Nudge));
        AssertNear([60, 42], Values(Parameter.Int("n", 1, 64).Log(), 50, Nudge));
        AssertNear([2, 1], Values(Parameter.Int("n", 1, 9), 1, Nudge));
        AssertNear([6, 2], Values(Parameter.Int("n", 0, 10), 4, Nudge));
        AssertNear([0.75, 0.25], Values(Parameter.Float("x", 0, 1).Step(0.25), 0.5, Nudge));
        AssertNear([3], Values(Parameter.Int("n", 3, 3), 3, Nudge));
    }

    [Fact]
    public void AnOrderedChoiceMovesToANeighbour()
    {
        var batch = Parameter.Ordinal("batch", 16, 32, 64, 128);
        AssertNear([64, 16], Values(batch, 32, Nudge));
        AssertNear([128, 64], Values(batch, 128, Nudge));
    }

    [Fact]
    public void ACategoryStaysUnlessItIsDrawnAnew()
    {
        var kind = Parameter.Categorical("kind", "a", "b", "c", "d");
        Assert.Equal(["b"], Values(kind, "b", Nudge).Keys);
        Assert.Equal(["b"], Values(kind, "b", Explore.Gaussian(0.5)).Keys);
        var drawn = Values(kind, "b", Explore.Perturb(1.2, resample: 1));
        Assert.Equal(["a", "b", "c", "d"], drawn.Keys);
        Assert.All(drawn.Values, count => Assert.InRange(count, 50, 150)); // 100 of 400 expected, sd 8.7: 5.8 of them, once in 1e8 runs
    }

    /// <summary>Binomial(400, 1/4): 100 with sd 8.7; six of them fail by chance once in 1e8 runs.</summary>
    [Fact]
    public void AQuarterIsDrawnAnew()
    {
        var values = Values(Rate, 0.01, Explore.Perturb());
        var perturbed = values.Where(pair => Math.Abs(Math.Abs(Math.Log(pair.Key / 0.01)) - Math.Log(1.2)) < 1e-9).Sum(pair => pair.Value);
        Assert.InRange(Draws - perturbed, 48, 152);
        Assert.True(values.Keys.Min() < 1e-3 && values.Keys.Max() > 0.1);
    }

    /// <summary>The mean of 400 normal deviates has sd 1/20, their variance 1/14; six of each fail by chance once in 1e8 runs.</summary>
    [Fact]
    public void NoiseIsNormalOnTheScaleOfTheParameter()
    {
        double[] deviates = [.. Values(Rate, 0.01, Explore.Gaussian(0.05)).SelectMany(pair => Enumerable.Repeat((Rate.ToUnit(pair.Key) - 0.5) / 0.05, pair.Value))];
        Assert.InRange(deviates.Average(), -0.3, 0.3);
        Assert.InRange(deviates.Average(deviate => deviate * deviate), 0.57, 1.43);
    }

    [Fact]
    public void WhatIsKeptComesWithTheCheckpoint()
    {
        var units = Parameter.Int("units", 1, 100);
        var two = Generation.Of([Rate, units], 1, 0);
        var sampler = Sampler(Explore.Perturb(1.2, resample: 1).Except(units));
        for (var chance = 1UL; chance <= 50; chance++)
        {
            var next = two.Next(sampler, 0, chance);
            Assert.Equal((1, two.Members[1].Point[1]), (next.Parent!.Value, next.Point[1]));
            Assert.NotEqual(two.Members[1].Point[0], next.Point[0]);
        }
    }

    [Fact]
    public void WhatTheParentDidNotHaveIsDrawn()
    {
        var kind = Parameter.Categorical("kind", "plain", "fancy");
        var momentum = Parameter.Float("momentum", 0, 0.9).When(kind, "fancy");
        var two = Generation.Of([kind, momentum], 1, 0).With(1, best => best with { Point = [kind.ToUnit("plain"), double.NaN] });
        var drawn = Enumerable.Range(1, 100).Select(chance => two.Next(Sampler(Explore.Perturb(1.2, resample: 1)), 0, (ulong)chance).Point).ToArray();
        Assert.All(drawn, point => Assert.InRange(point[1], 0, 1));
        Assert.True(drawn.Select(point => point[1]).Distinct().Count() > 90);
    }

    [Fact]
    public void HardConstraintsHoldAndWhereNoVariationHoldsThemThereIsNone()
    {
        var x = Parameter.Float("x", 0, 1);
        var two = Generation.Of([x], 1, 0).With(1, best => best with { Point = [0.5] });
        var half = two with { Space = two.Space.Require(values => values.Get(x) >= 0.5) };
        var point = two with { Space = two.Space.Require(values => values.Get(x) == 0.5) };
        for (var chance = 1UL; chance <= 50; chance++)
        {
            Assert.Equal(0.7, half.Next(Sampler(Nudge), 0, chance).Point[0], 1e-9);
            Assert.Equal((1, 0.5), (point.Next(Sampler(Nudge), 0, chance).Parent!.Value, point.Next(Sampler(Nudge), 0, chance).Point[0]));
        }
    }

    [Fact]
    public void MembersThatGoOnFromThemselvesVaryOnlyIfToldTo()
    {
        var two = Generation.Of([Rate], 1, 0);
        Assert.Equal(two.Members[1].Point, two.Next(Sampler(Nudge), 1).Point);
        var varied = two.Next(Sampler(Nudge.Always()), 1);
        Assert.Equal(1, varied.Parent);
        Assert.NotEqual(two.Members[1].Point[0], varied.Point[0]);
    }

    private static PopulationBasedSampler Sampler(Explore explore) => new() { Population = 2, Explore = explore };

    // What becomes of a value when another member goes on from it, and how often.
    private static SortedDictionary<T, int> Values<T>(Parameter<T> parameter, T value, Explore explore)
        where T : notnull
    {
        var two = Generation.Of([parameter], 1, 0).With(1, best => best with { Point = [parameter.ToUnit(value)] });
        var found = new SortedDictionary<T, int>();
        for (var chance = 1; chance <= Draws; chance++)
        {
            var next = two.Next(Sampler(explore), 0, (ulong)chance);
            Assert.Equal(1, next.Parent);
            var drawn = parameter.FromUnit(next.Point[0]);
            found[drawn] = found.GetValueOrDefault(drawn) + 1;
        }

        return found;
    }

    private static void AssertNear<T>(double[] expected, SortedDictionary<T, int> values)
        where T : notnull
    {
        double[] found = [.. values.Keys.Select(value => Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture))];
        Assert.Equal(expected.Length, found.Length);
        Assert.All(expected.Order().Zip(found), pair => Assert.InRange(pair.Second, pair.First - 1e-9 * Math.Abs(pair.First) - 1e-12, pair.First + 1e-9 * Math.Abs(pair.First) + 1e-12));
        Assert.All(values.Values, count => Assert.True(expected.Length == 1 || count is > 130 and < 270, $"{count} of {Draws}")); // sd 10
    }
}
