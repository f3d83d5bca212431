using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Tests.Support;
using Xunit;

namespace HyperOpt.Tests.Samplers;

/// <summary>The points of continuous axes.</summary>
public sealed class GridPointsTests
{
    private static readonly FloatParameter X = Parameter.Float("x", -1, 3);
    private static readonly FloatParameter Rate = Parameter.Float("rate", 1e-4, 1).Log();

    [Fact]
    public async Task TheyGoFromEndToEnd() => Assert.Equal(new double[] { -1, 0, 1, 2, 3 }, await ValuesAsync(X, new GridSampler()));

    [Fact]
    public async Task OnALogScaleTheirRatiosAreEqual()
    {
        var values = await ValuesAsync(Rate, new GridSampler());
        Assert.Equal(1e-4, values[0]);
        Assert.Equal(1, values[^1]);
        Assert.All(values.Zip([1e-4, 1e-3, 1e-2, 1e-1, 1]), pair => Assert.Equal(pair.Second, pair.First, pair.Second * 1e-12));
    }

    [Fact]
    public async Task ASinglePointStandsInTheMiddleOfTheScale()
    {
        Assert.Equal(new double[] { 1 }, await ValuesAsync(X, new GridSampler { PointsPerAxis = 1 }));
        Assert.Equal(1e-2, Assert.Single(await ValuesAsync(Rate, new GridSampler { PointsPerAxis = 1 })), 1e-12);
    }

    [Fact]
    public async Task TwoPointsAreTheEnds() => Assert.Equal(new double[] { -1, 3 }, await ValuesAsync(X, new GridSampler { PointsPerAxis = 2 }));

    [Fact]
    public async Task ANamedAxisMayHaveANumberOfItsOwn()
    {
        var sampler = new GridSampler { PointsPerAxis = 2, Points = ImmutableDictionary<string, int>.Empty.Add("rate", 7) };
        var trials = await GridRun.ExhaustAsync([X, Rate], sampler);
        Assert.Equal(14, trials.Count);
        Assert.Equal(7, trials.Select(trial => trial.Get(Rate)).Distinct().Count());
    }

    [Fact]
    public async Task FiniteAxesHaveAllTheirValuesWhateverTheNumber()
    {
        SearchSpace space = [Parameter.Int("a", 1, 7), Parameter.Float("b", 0, 1).Step(0.1), Parameter.Float("c", 2, 2), Parameter.Bool("d")];
        Assert.Equal(7 * 11 * 1 * 2, (await GridRun.ExhaustAsync(space, new GridSampler { PointsPerAxis = 3 })).Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void ANumberBelowOneIsAnErrorThatNamesTheAxis(int points)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new GridSampler { PointsPerAxis = points });
        var error = Assert.Throws<ArgumentOutOfRangeException>(() =>
            new GridSampler { Points = ImmutableDictionary<string, int>.Empty.Add("fine", 3).Add("rate", points) });
        Assert.Contains("'rate'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rat", "'rat' is none of its parameters (x:")]
    [InlineData("layers", "(layers: ")]
    public void ANameThatIsNoContinuousParameterIsAnError(string name, string fact)
    {
        var sampler = new GridSampler { Points = ImmutableDictionary<string, int>.Empty.Add("rate", 3).Add(name, 3) };
        var study = GridRun.Create([X, Rate, Parameter.Int("layers", 1, 3)], sampler);
        var error = Assert.Throws<InvalidOperationException>(() => study.Ask());
        Assert.Contains(fact, error.Message, StringComparison.Ordinal);
        Assert.EndsWith("Correct the name, take it out of Points, or declare the parameter.", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Whatever the rounding of the range, the grid knows its own points again, and ends.</summary>
    [Fact]
    public void AnyRangeIsTriedInAsManyTrialsAsItHasPoints() => Law.Holds(Ranges().ToArbitrary(), 200, range =>
    {
        var parameter = Parameter.Float("x", range.Low, range.High);
        SearchSpace space = [range.IsLog ? parameter.Log() : parameter];
        var study = GridRun.Create(space, new GridSampler { PointsPerAxis = range.Points });
        study.Optimize(AskForAll.Of(space), 100);
        Assert.Equal(range.Points, study.Trials.Count);
        Assert.Equal(range.Points, study.Trials.Select(trial => trial.Get(parameter)).Distinct().Count());
    });

    private static Gen<(double Low, double High, bool IsLog, int Points)> Ranges() =>
        from low in Numbers.Positive(-9, 6)
        from width in Numbers.Positive(-3, 6)
        from sign in Gen.Elements(-1, 1)
        from isLog in Gen.Elements(true, false)
        from points in Gen.Choose(1, 40)
        select (isLog ? low : sign * low, (isLog ? low : sign * low) + low * width, isLog, points);

    private static async Task<double[]> ValuesAsync(FloatParameter parameter, GridSampler sampler) =>
        [.. (await GridRun.ExhaustAsync([parameter], sampler)).Select(trial => trial.Get(parameter)).Order()];
}
