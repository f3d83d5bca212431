using HyperOpt.Spaces;
using Xunit;

namespace HyperOpt.Tests.Spaces;

public sealed class NumericParameterTests
{
    [Fact]
    public void TheEndsOfTheUnitIntervalAreTheBounds()
    {
        foreach (var parameter in new[] { Parameter.Float("x", 1e-5, 1e-1).Log(), Parameter.Float("x", -1e308, 1e308), Parameter.Float("x", 0.1, 0.7).Step(0.1) })
        {
            Assert.Equal(parameter.Low, parameter.FromUnit(0));
            Assert.Equal(parameter.High, parameter.FromUnit(1));
        }
    }

    [Fact]
    public void TheMiddleOfALogScaleIsTheGeometricMean() =>
        Assert.Equal(1e-3, Parameter.Float("x", 1e-5, 1e-1).Log().FromUnit(0.5), 1e-17);

    [Fact]
    public void TheFullRangeOfIntHasAllItsValues()
    {
        var parameter = Parameter.Int("n", int.MinValue, int.MaxValue);
        Assert.Equal(1L << 32, parameter.Cardinality);
        Assert.Equal(int.MinValue, parameter.FromUnit(0));
        Assert.Equal(0, parameter.FromUnit(0.5));
        Assert.Equal(int.MaxValue, parameter.FromUnit(1));
        Assert.True(parameter.Contains(int.MinValue) && parameter.Contains(-1) && parameter.Contains(int.MaxValue));
    }

    [Fact]
    public void ValuesOfAGridAreTheDecimalsThatPeopleWrite()
    {
        var parameter = Parameter.Float("x", 0, 1).Step(0.1);
        Assert.Equal([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1], Enumerable.Range(0, 11).Select(k => parameter.FromUnit((k + 0.5) / 11)));
    }

    [Fact]
    public void AGridFromANumberThatDecimalsDoNotHoldKeepsItsSteps()
    {
        const double low = 1e8 + 1.0 / 3;
        const double step = 1.0 / (1 << 20);
        var parameter = Parameter.Float("x", low, low + 4 * step).Step(step);
        Assert.Equal(low + step, parameter.FromUnit(0.3));
    }

    [Fact]
    public void AGridTakesAValueThatMissesItByRoundingOnly()
    {
        var parameter = Parameter.Float("x", 0, 0.3).Step(0.1);
        Assert.True(parameter.Contains(3 * 0.1)); // 0.30000000000000004
        Assert.Equal(0.3, parameter.FromUnit(parameter.ToUnit(3 * 0.1)));
        Assert.False(parameter.Contains(0.15));
        Assert.False(parameter.Contains(0.1001));
        Assert.False(parameter.Contains(0.4));
        Assert.False(parameter.Contains(-0.1));
    }

    [Fact]
    public void LargeGridsTakeNoValueBetween()
    {
        var parameter = Parameter.Float("x", 0, 1e10).Step(1);
        Assert.True(parameter.Contains(5e9 + 1));
        Assert.False(parameter.Contains(5e9 + 0.4));
    }

    [Fact]
    public void LogAndStepCommute()
    {
        Assert.Equal(Parameter.Int("n", 8, 64).Log().Step(8), Parameter.Int("n", 8, 64).Step(8).Log());
        Assert.Equal(Parameter.Float("x", 0.1, 1).Log().Step(0.1), Parameter.Float("x", 0.1, 1).Step(0.1).Log());
    }

    [Fact]
    public void ADefinitionShowsItsParts()
    {
        var rate = Parameter.Float("rate", 0.1, 1).Log().Step(0.1);
        Assert.Equal("rate: float in [0.1, 1] at steps of 0.1, log-scaled", rate.ToString());
        Assert.Equal((0.1, 1, 0.1, true, 10L, true), (rate.Low, rate.High, rate.StepSize, rate.IsLog, rate.Cardinality, rate.IsOrdered));
        var layers = Parameter.Int("layers", 2, 8).Step(2);
        Assert.Equal("layers: int in [2, 8] at steps of 2", layers.ToString());
        Assert.Equal((2, 8, 2, false, 4L, true), (layers.Low, layers.High, layers.StepSize, layers.IsLog, layers.Cardinality, layers.IsOrdered));
        Assert.Null(Parameter.Float("x", 0, 1).Cardinality);
        Assert.Equal(1, Parameter.Float("x", 1, 1).Cardinality);
    }

    [Fact]
    public void DifferentDefinitionsAreNotEqual()
    {
        var rate = Parameter.Float("rate", 0.1, 1);
        Parameter[] others =
        [
            Parameter.Float("other", 0.1, 1), Parameter.Float("rate", 0.1, 2), Parameter.Int("rate", 0, 1),
            rate.Log(), rate.Step(0.1), rate.When(Parameter.Bool("b"), true),
        ];
        Assert.All(others, other => Assert.NotEqual<Parameter>(rate, other));
    }

    [Fact]
    public void AValueOutsideTheDomainIsRefused()
    {
        var message = Assert.Throws<ArgumentOutOfRangeException>(() => Parameter.Float("rate", 0.1, 1).ToUnit(2)).Message;
        Assert.Contains("value of parameter 'rate' must be in [0.1, 1]", message, StringComparison.Ordinal);
        Assert.Contains("Correct the value or widen", message, StringComparison.Ordinal);
        message = Assert.Throws<ArgumentOutOfRangeException>(() => Parameter.Int("n", 2, 8).Step(2).ToUnit(3)).Message;
        Assert.Contains("a whole number in [2, 8] at steps of 2", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Parameter.Float("rate", 0.1, 1).ToUnit(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => Parameter.Float("rate", 0.1, 1).Step(0.1).ToUnit(double.NaN));
    }
}
