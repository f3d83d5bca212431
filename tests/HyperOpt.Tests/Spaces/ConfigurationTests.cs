using HyperOpt.Spaces;
using Xunit;

namespace HyperOpt.Tests.Spaces;

public sealed class ConfigurationTests
{
    private static readonly FloatParameter Rate = Parameter.Float("rate", 1e-5, 1e-1).Log();
    private static readonly IntParameter Layers = Parameter.Int("layers", 1, 8);
    private static readonly CategoricalParameter<DayOfWeek> Day = Parameter.Enum<DayOfWeek>("day");
    private static readonly FloatParameter Momentum = Parameter.Float("momentum", 0, 1).When(Day, DayOfWeek.Friday);

    private static readonly SearchSpace Space = [Rate, Layers, Day, Momentum];
    private static readonly Configuration Configuration = new(Space, [0.01, 3, 2, double.NaN]);

    [Fact]
    public void ValuesAreTypedByTheirHandles()
    {
        Assert.Equal(0.01, Configuration.Get(Rate));
        Assert.Equal(3, Configuration.Get(Layers));
        Assert.Equal(DayOfWeek.Tuesday, Configuration.Get(Day));
        Assert.True(Configuration.TryGet(Layers, out var layers));
        Assert.Equal(3, layers);
    }

    [Fact]
    public void AnInactiveParameterHasNoValue()
    {
        Assert.False(Configuration.TryGet(Momentum, out _));
        Assert.False(Configuration.ContainsKey("momentum"));
        Assert.Throws<KeyNotFoundException>(() => Configuration["momentum"]);
        var message = Assert.Throws<KeyNotFoundException>(() => Configuration.Get(Momentum)).Message;
        Assert.Contains("only the parameters that it was asked for", message, StringComparison.Ordinal);
        Assert.Contains("'momentum' is not among (rate=0.01, layers=3, day=Tuesday)", message, StringComparison.Ordinal);
        Assert.Contains("Use TryGet", message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnUnknownParameterHasNoValue()
    {
        Assert.False(Configuration.TryGet(Parameter.Bool("other"), out _));
        Assert.Throws<KeyNotFoundException>(() => Configuration.Get(Parameter.Bool("other")));
        Assert.False(Configuration.TryGetValue("other", out _));
    }

    [Fact]
    public void AHandleOfAnotherDefinitionReadsTheValueIfItFits()
    {
        Assert.Equal(3.0, Configuration.Get(Parameter.Float("layers", 0, 100)));
        Assert.Equal("Tuesday", Configuration.Get(Parameter.Categorical("day", "Monday", "Tuesday")));
        Assert.False(Configuration.TryGet(Parameter.Int("layers", 4, 8), out _));
        Assert.False(Configuration.TryGet(Parameter.Categorical("day", "Monday"), out _));
    }

    [Fact]
    public void ItIsADictionaryOfItsValuesInTheOrderOfTheSpace()
    {
        Assert.Equal(3, Configuration.Count);
        Assert.Equal(["rate", "layers", "day"], Configuration.Keys);
        Assert.Equal([0.01, 3, DayOfWeek.Tuesday], Configuration.Values);
        Assert.Equal(Configuration.Keys.Zip(Configuration.Values, KeyValuePair.Create), Configuration);
        Assert.True(Configuration.TryGetValue("layers", out var layers));
        Assert.Equal(3, layers);
        Assert.Equal(DayOfWeek.Tuesday, Configuration["day"]);
        Assert.True(Configuration.ContainsKey("rate"));
        Assert.False(Configuration.ContainsKey("Rate"));
    }

    [Fact]
    public void ItReadsAsNamesAndValues()
    {
        Assert.Equal("rate=0.01, layers=3, day=Tuesday", Configuration.ToString());
        Assert.Equal("", Configuration.Empty.ToString());
    }

    [Fact]
    public void TheEmptyOneHasNoValues() => Assert.Empty(Configuration.Empty);
}
