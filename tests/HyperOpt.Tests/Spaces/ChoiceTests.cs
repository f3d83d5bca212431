using System.Globalization;
using HyperOpt.Spaces;
using Xunit;

namespace HyperOpt.Tests.Spaces;

public sealed class ChoiceTests
{
    [Fact]
    public void CategoriesHaveNoOrderAndOrdinalsDo()
    {
        Assert.False(Parameter.Categorical("c", "a", "b").IsOrdered);
        Assert.False(Parameter.Bool("c").IsOrdered);
        Assert.True(Parameter.Ordinal("c", "a", "b").IsOrdered);
        Assert.True(Parameter.PowersOfTwo("c", 1, 8).IsOrdered);
    }

    [Fact]
    public void ValuesStandInTheOrderInWhichTheyWereListed()
    {
        Assert.Equal(["b", "a"], Parameter.Categorical("c", "b", "a").Values);
        Assert.Equal([64, 16, 32], Parameter.Ordinal("c", 64, 16, 32).Values);
        Assert.Equal([16, 32, 64, 128], Parameter.PowersOfTwo("c", 16, 128).Values);
        Assert.Equal(Enum.GetValues<DayOfWeek>(), Parameter.Enum<DayOfWeek>("c").Values);
        Assert.Equal([false, true], Parameter.Bool("c").Values);
    }

    [Fact]
    public void ADefinitionShowsItsValues()
    {
        Assert.Equal("c: categorical {a, b}", Parameter.Categorical("c", "a", "b").ToString());
        Assert.Equal("c: ordinal {1, 2}", Parameter.Ordinal("c", 1, 2).ToString());
    }

    [Fact]
    public void TheOrderAndKindOfChoicesAreThePartOfADefinition()
    {
        Assert.Equal(Parameter.Categorical("c", "a", "b"), Parameter.Categorical("c", "a", "b"));
        Assert.NotEqual(Parameter.Categorical("c", "a", "b"), Parameter.Categorical("c", "b", "a"));
        Assert.NotEqual<Parameter>(Parameter.Categorical("c", "a", "b"), Parameter.Ordinal("c", "a", "b"));
        Assert.NotEqual<Parameter>(Parameter.Categorical("c", "1", "2"), Parameter.Categorical("c", 1, 2));
    }

    [Fact]
    public void TextsOfValuesAreTheSameInEveryCulture()
    {
        var german = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        german.NumberFormat.NumberDecimalSeparator = ",";
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = german;
        try
        {
            Assert.Equal("Width { Factor = 0,5 }", new Width(0.5).ToString());
            Assert.Equal("c: categorical {Width { Factor = 0.5 }}", Parameter.Categorical("c", new Width(0.5)).ToString());
            Assert.Equal("c: ordinal {0.5}", Parameter.Ordinal("c", 0.5).ToString());
            Assert.Equal("x: float in [0.5, 1.5]", Parameter.Float("x", 0.5, 1.5).ToString());
            Assert.Same(german, CultureInfo.CurrentCulture);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void AValueThatIsNotListedIsRefused()
    {
        var message = Assert.Throws<ArgumentOutOfRangeException>(() => Parameter.Categorical("c", "a", "b").ToUnit("d")).Message;
        Assert.Contains("value of parameter 'c' must be one of {a, b}", message, StringComparison.Ordinal);
        Assert.False(Parameter.Ordinal("c", 1, 2).Contains(3));
    }

    [Fact]
    public void ThereMustBeAValue() =>
        Refused(() => Parameter.Categorical<string>("c"), "must have a value", "was given none", "List its values");

    [Fact]
    public void ValuesMustBeDistinct()
    {
        Refused(() => Parameter.Categorical("c", "a", "b", "a"), "must be distinct", "'a' is listed twice", "List it once");
        Refused(() => Parameter.Ordinal("c", 1, 2, 2), "must be distinct", "'2' is listed twice", "List it once");
        Refused(() => Parameter.Enum<Twice>("c"), "must be distinct", "is listed twice", "List it once");
    }

    [Fact]
    public void ValuesMustBeDistinctAsText() =>
        Refused(() => Parameter.Categorical("c", new Mute(1), new Mute(2)), "distinct as text", "two of them read 'mute'", "Override ToString() of Mute");

    [Fact]
    public void ValuesMustNotBeNull() =>
        Refused(() => Parameter.Categorical("c", "a", null!), "must not be null", "value 1 is", "a value that stands for none");

    [Theory]
    [InlineData(0, 8)]
    [InlineData(-2, 8)]
    [InlineData(3, 8)]
    [InlineData(4, 12)]
    [InlineData(16, 8)]
    public void PowersOfTwoMustBeBetweenPowersOfTwo(int low, int high) =>
        Refused(() => Parameter.PowersOfTwo("c", low, high), "low <= high, both powers of two", $"low={low}, high={high}", "Take bounds such as");

    private static void Refused(Action definition, string law, string facts, string remedy)
    {
        var message = Assert.Throws<ArgumentException>(definition).Message;
        Assert.Contains(law, message, StringComparison.Ordinal);
        Assert.Contains("'c'", message, StringComparison.Ordinal);
        Assert.Contains(facts, message, StringComparison.Ordinal);
        Assert.Contains(remedy, message, StringComparison.Ordinal);
    }

#pragma warning disable CA1069 // an enum that names a value twice is the point
    private enum Twice
    {
        One = 1,
        Uno = 1,
    }
#pragma warning restore CA1069

    private readonly record struct Width(double Factor);

    private sealed record Mute(int Value)
    {
        public override string ToString() => "mute";
    }
}
