using HyperOpt.Spaces;
using Xunit;

namespace HyperOpt.Tests.Spaces;

/// <summary>A bad definition is refused with the law, the facts and a remedy.</summary>
public sealed class NumericDefinitionErrorTests
{
    [Theory]
    [InlineData(1, 0.1, "low=1, high=0.1")]
    [InlineData(double.NaN, 1, "low=NaN, high=1")]
    [InlineData(0, double.NaN, "low=0, high=NaN")]
    [InlineData(double.NegativeInfinity, 0, "low=-Infinity, high=0")]
    [InlineData(0, double.PositiveInfinity, "low=0, high=Infinity")]
    public void BoundsMustBeFiniteAndInOrder(double low, double high, string facts) =>
        Refused(() => Parameter.Float("rate", low, high), "low <= high, both finite", facts, "Correct the range");

    [Fact]
    public void BoundsOfAnIntMustBeInOrder() =>
        Refused(() => Parameter.Int("rate", 3, 2), "low <= high", "low=3, high=2", "Correct the range");

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void ALogScaleMustBePositive(int low)
    {
        Refused(() => Parameter.Float("rate", low, 1).Log(), "0 < low must hold for the log-scaled", $"low={low}", "leave out Log()");
        Refused(() => Parameter.Int("rate", low, 1).Log(), "0 < low must hold for the log-scaled", $"low={low}", "leave out Log()");
    }

    [Theory]
    [InlineData(0, "step=0")]
    [InlineData(-1, "step=-1")]
    [InlineData(double.NaN, "step=NaN")]
    [InlineData(double.PositiveInfinity, "step=Infinity")]
    public void AStepMustBePositive(double step, string facts) =>
        Refused(() => Parameter.Float("rate", 0, 1).Step(step), "0 < step", facts, "Give a positive step");

    [Fact]
    public void AStepOfAnIntMustBePositive() =>
        Refused(() => Parameter.Int("rate", 0, 1).Step(0), "0 < step", "step=0", "Give a positive step");

    [Fact]
    public void AStepMustDivideTheRange()
    {
        Refused(() => Parameter.Float("rate", 0, 1).Step(0.3), "multiple of step", "low=0, high=1, step=0.3", "Take high=0.8999999999999999 or high=1.2");
        Refused(() => Parameter.Int("rate", 1, 10).Step(4), "multiple of step", "low=1, high=10, step=4", "Take high=9 or high=13");
        Refused(() => Parameter.Int("rate", 1, 10).Step(20), "multiple of step", "low=1, high=10, step=20", "Take high=1 or high=21");
    }

    [Fact]
    public void AStepMustDivideALargeRangeToTheLastUnit()
    {
        Refused(() => Parameter.Int("rate", int.MinValue, int.MaxValue).Step(2), "multiple of step", "step=2", "Take high=2147483646 or");
        Refused(() => Parameter.Int("rate", 0, int.MaxValue).Step(int.MaxValue - 1), "multiple of step", "step=2147483646", "Take high=2147483646 or");
        Refused(() => Parameter.Float("rate", 0, 1e12 + 0.5).Step(1), "multiple of step", "step=1", "Take high=1000000000000 or");
    }

    [Fact]
    public void AGridMustBeCoarseEnoughForDoubles()
    {
        Refused(() => Parameter.Float("rate", 0, 1).Step(1e-16), "doubles to tell them: step >= 1.7763568394002505E-15", "step=1E-16", "Widen the step");
        Refused(() => Parameter.Float("rate", 1e17, 1e17 + 16).Step(1), "doubles to tell them", "low=1E+17", "Widen the step");
        Refused(() => Parameter.Float("rate", 1, 2).Log().Step(1e-10), "doubles to tell them", "step=1E-10", "Widen the step");
        Refused(() => Parameter.Float("rate", -1e308, 1e308).Step(1e307), "doubles to tell them", "step=1E+307", "leave it out");
        Refused(() => Parameter.Float("rate", 0, 5 * double.Epsilon).Step(double.Epsilon), "doubles to tell them", "step=5E-324", "leave it out");
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\t\n")]
    public void ANameMustBeVisible(string name)
    {
        var message = Assert.Throws<ArgumentException>(() => Parameter.Float(name, 0, 1)).Message;
        Assert.Contains("name must hold a visible character", message, StringComparison.Ordinal);
        Assert.Contains("Name it", message, StringComparison.Ordinal);
    }

    [Fact]
    public void ANameMustBeThere() => Assert.Throws<ArgumentNullException>(() => Parameter.Float(null!, 0, 1));

    private static void Refused(Action definition, string law, string facts, string remedy)
    {
        var message = Assert.Throws<ArgumentException>(definition).Message;
        Assert.Contains(law, message, StringComparison.Ordinal);
        Assert.Contains("'rate'", message, StringComparison.Ordinal);
        Assert.Contains(facts, message, StringComparison.Ordinal);
        Assert.Contains(remedy, message, StringComparison.Ordinal);
    }
}
