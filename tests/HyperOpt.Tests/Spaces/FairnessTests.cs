using HyperOpt.Numerics;
using HyperOpt.Spaces;
using HyperOpt.Tests.Support;
using Xunit;

namespace HyperOpt.Tests.Spaces;

/// <summary>
/// Uniform coordinates give every value its share, the values at the ends too (Optuna had the ends too rare: #6771, #6627).
/// The odds of each test are those of <see cref="PearsonTest"/>: 1 in 1e9 for fresh numbers, and the numbers are fixed.
/// </summary>
public sealed class FairnessTests
{
    private const int Draws = 200_000;

    public static TheoryData<IntParameter> Ints => new(
        Parameter.Int("n", 1, 2),
        Parameter.Int("n", 0, 9),
        Parameter.Int("n", -7, 3),
        Parameter.Int("n", int.MaxValue - 4, int.MaxValue),
        Parameter.Int("n", int.MinValue, int.MinValue + 6),
        Parameter.Int("n", 0, 30).Step(10),
        Parameter.Int("n", 1, 10).Step(3),
        Parameter.Int("n", -100, 100).Step(40));

    public static TheoryData<FloatParameter> Steps => new(
        Parameter.Float("x", 0, 1).Step(0.1),
        Parameter.Float("x", 0, 1).Step(0.5),
        Parameter.Float("x", -0.3, 0.3).Step(0.1),
        Parameter.Float("x", 1.0 / 3, 2).Step(1.0 / 3),
        Parameter.Float("x", 1, 1 + 1e-12).Step(2.5e-13));

    public static TheoryData<IntParameter> LogInts => new(
        Parameter.Int("n", 1, 2).Log(),
        Parameter.Int("n", 1, 16).Log(),
        Parameter.Int("n", 10, 30).Log(),
        Parameter.Int("n", 1, 13).Log().Step(4),
        Parameter.Int("n", 8, 64).Log().Step(8));

    [Theory]
    [MemberData(nameof(Ints))]
    public void EveryIntIsAsLikelyAsAnother(IntParameter parameter) => PearsonTest.AssertUniform(Count(parameter));

    [Theory]
    [MemberData(nameof(Steps))]
    public void EveryStepIsAsLikelyAsAnother(FloatParameter parameter) => PearsonTest.AssertUniform(Count(parameter));

    [Fact]
    public void EveryCategoryIsAsLikelyAsAnother() => PearsonTest.AssertUniform(Count(Parameter.Enum<DayOfWeek>("day")));

    [Fact]
    public void EveryPowerOfTwoIsAsLikelyAsAnother() => PearsonTest.AssertUniform(Count(Parameter.PowersOfTwo("batch", 16, 1024)));

    [Theory]
    [MemberData(nameof(LogInts))]
    public void ALogIntIsAsLikelyAsItsShareOfTheLogarithms(IntParameter parameter) => PearsonTest.AssertFits(Count(parameter), LogShares(parameter));

    [Theory]
    [MemberData(nameof(LogInts))]
    public void ACellOfALogIntIsItsShareOfTheLogarithms(IntParameter parameter)
    {
        var shares = LogShares(parameter);
        for (var level = 0; level < shares.Length; level++)
        {
            var (low, high) = parameter.Cell(parameter.ToUnit(parameter.Low + level * parameter.StepSize));
            Assert.Equal(shares[level], high - low, 1e-14);
        }
    }

    [Fact]
    public void TheFullRangeOfIntIsUniformByItsLeadingBits()
    {
        var parameter = Parameter.Int("n", int.MinValue, int.MaxValue);
        var counts = new int[256];
        var random = new Xoshiro256StarStar(3);
        for (var i = 0; i < Draws; i++)
        {
            counts[(parameter.FromUnit(random.NextDouble()) >> 24) + 128]++;
        }

        PearsonTest.AssertUniform(counts);
    }

    [Fact]
    public void ALogFloatIsUniformInItsLogarithm()
    {
        var parameter = Parameter.Float("x", 1e-4, 1e4).Log();
        var counts = new int[8];
        var random = new Xoshiro256StarStar(4);
        for (var i = 0; i < Draws; i++)
        {
            counts[(int)Math.Floor(Math.Log10(parameter.FromUnit(random.NextDouble()))) + 4]++;
        }

        PearsonTest.AssertUniform(counts);
    }

    private static int[] Count<T>(Parameter<T> parameter)
        where T : notnull
    {
        var counts = new int[parameter.Cardinality!.Value];
        var random = new Xoshiro256StarStar(20260101);
        for (var i = 0; i < Draws; i++)
        {
            counts[parameter.LevelOf(parameter.Encode(parameter.FromUnit(random.NextDouble())))]++;
        }

        return counts;
    }

    // The documented cells: from half a step below a value to half a step above, on a logarithmic scale; the first begins at half of low at the least.
    private static double[] LogShares(IntParameter parameter)
    {
        var half = parameter.StepSize / 2.0;
        double Edge(long level) => Math.Log(level == 0 ? Math.Max(parameter.Low - half, parameter.Low / 2.0) : parameter.Low + level * parameter.StepSize - half);
        var count = parameter.Cardinality!.Value;
        var whole = Edge(count) - Edge(0);
        return [.. Enumerable.Range(0, (int)count).Select(level => (Edge(level + 1) - Edge(level)) / whole)];
    }
}
