using FsCheck.Fluent;
using HyperOpt.Spaces;
using HyperOpt.Tests.Support;
using Xunit;

namespace HyperOpt.Tests.Spaces;

/// <summary>A parameter that is asked for with another definition later keeps the old values that fit and drops the others.</summary>
public sealed class RecodingTests
{
    [Fact]
    public void AWiderRangeKeepsEveryValue() =>
        Law.Holds(Numbers.Units, unit =>
        {
            var narrow = Parameter.Float("x", 1, 2);
            var value = narrow.FromUnit(unit);
            Assert.Equal(value, Recoded(narrow, value, Parameter.Float("x", 0, 3)));
            Assert.Equal(value, Recoded(narrow, value, Parameter.Float("x", 0.5, 3).Log()));
        });

    [Fact]
    public void ANarrowerRangeDropsWhatLiesOutside()
    {
        var wide = Parameter.Float("x", 0, 3);
        var narrow = Parameter.Float("x", 1, 2);
        Assert.Equal(1.7, Recoded(wide, 1.7, narrow));
        Assert.Equal(1, Recoded(wide, 1, narrow));
        Assert.False(Fits(wide, 0.9999, narrow));
        Assert.False(Fits(wide, 2.0001, narrow));
    }

    [Fact]
    public void AGridKeepsItsOwnValuesOnly()
    {
        var free = Parameter.Float("x", 0, 1);
        var grid = Parameter.Float("x", 0, 1).Step(0.1);
        Assert.Equal(0.3, Recoded(free, 3 * 0.1, grid)); // 0.30000000000000004 is the grid's 0.3
        Assert.False(Fits(free, 0.25, grid));
        Assert.Equal(0.3, Recoded(grid, 0.3, free));
    }

    [Fact]
    public void AFloatBecomesAnIntIfItIsWhole()
    {
        var real = Parameter.Float("x", 0, 10);
        var whole = Parameter.Int("x", 0, 5);
        Assert.Equal(3, Recoded(real, 3.0, whole));
        Assert.Equal(0, Recoded(real, 0.0, whole));
        Assert.False(Fits(real, 3.0000000001, whole));
        Assert.False(Fits(real, 7.0, whole));
        Assert.Equal(3.0, Recoded(whole, 3, real));
    }

    [Fact]
    public void EveryIntIsRecodedExactly() =>
        Law.Holds(Numbers.Ints, value =>
        {
            var full = Parameter.Int("x", int.MinValue, int.MaxValue);
            var real = Parameter.Float("x", -1e10, 1e10);
            Assert.Equal(value, Recoded(full, value, real));
            Assert.Equal(value, Recoded(real, (double)value, full));
        });

    [Fact]
    public void CategoriesAreFoundAgainWhenTheyMove()
    {
        var old = Parameter.Categorical("c", "a", "b", "c");
        Assert.Equal("b", Recoded(old, "b", Parameter.Categorical("c", "x", "c", "b", "a")));
        Assert.False(Fits(old, "b", Parameter.Categorical("c", "c", "a")));
    }

    [Fact]
    public void CategoriesAreTheSameAsTheirTexts()
    {
        var days = Parameter.Enum<DayOfWeek>("c");
        var texts = Parameter.Categorical("c", "Tuesday", "Friday");
        Assert.Equal("Friday", Recoded(days, DayOfWeek.Friday, texts));
        Assert.Equal(DayOfWeek.Friday, Recoded(texts, "Friday", days));
        Assert.False(Fits(days, DayOfWeek.Monday, texts));
        Assert.Equal("True", Recoded(Parameter.Bool("c"), true, Parameter.Categorical("c", "False", "True")));
    }

    [Fact]
    public void OrdinalsNumbersAndCategoriesExchangeValues()
    {
        var powers = Parameter.PowersOfTwo("n", 16, 128);
        var log = Parameter.Int("n", 8, 64).Log();
        Assert.Equal(32, Recoded(powers, 32, log));
        Assert.False(Fits(powers, 128, log));
        Assert.Equal(64, Recoded(log, 64, powers));
        Assert.False(Fits(log, 63, powers));
        Assert.Equal("32", Recoded(powers, 32, Parameter.Categorical("n", "32", "64")));
        Assert.False(Fits(Parameter.Categorical("n", "auto", "16"), "auto", powers));
    }

    [Fact]
    public void ConditionsDoNotMatter()
    {
        var rate = Parameter.Float("x", 0, 1);
        Assert.Equal(1.0 / 3, Recoded(rate, 1.0 / 3, rate.When(Parameter.Bool("b"), true)));
    }

    [Fact]
    public void EveryValueSurvivesItsText() =>
        Law.Holds(from range in Numbers.Signed(-300, 300) from unit in Numbers.Units select (range, unit), at =>
        {
            var parameter = Parameter.Float("x", Math.Min(at.range, 0), Math.Max(at.range, 0));
            var code = parameter.CodeAt(at.unit);
            Assert.True(parameter.TryReadCode(parameter.TextOf(code), out var read));
            Assert.Equal(code, read);
        });

    [Fact]
    public void AConditionFollowsItsParentToAnotherDefinition()
    {
        var parent = Parameter.Categorical("p", "a", "b");
        var space = SearchSpace.Create(parent, Parameter.Bool("c").When(parent, "b")).Extend(Parameter.Categorical("p", "b", "x", "a"));
        Assert.Equal([false, true, true], new[] { 0, 0.5, 1 }.Select(unit => double.IsNaN(space.Normalize([unit, 1])[1])));
        var without = space.Extend(Parameter.Categorical("p", "x", "a"));
        Assert.Equal(2, without.Cardinality);
    }

    private static TNew Recoded<TOld, TNew>(Parameter<TOld> old, TOld value, Parameter<TNew> renewed)
        where TOld : notnull
        where TNew : notnull
    {
        Assert.True(renewed.TryRecode(old, old.Encode(value), out var code), $"{value} of ({old}) does not fit ({renewed}).");
        return renewed.Decode(code);
    }

    private static bool Fits<TOld, TNew>(Parameter<TOld> old, TOld value, Parameter<TNew> renewed)
        where TOld : notnull
        where TNew : notnull => renewed.TryRecode(old, old.Encode(value), out _);
}
