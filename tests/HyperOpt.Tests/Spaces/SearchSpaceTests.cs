using FsCheck.Fluent;
using HyperOpt.Spaces;
using HyperOpt.Tests.Support;
using Xunit;

namespace HyperOpt.Tests.Spaces;

public sealed class SearchSpaceTests
{
    private static readonly FloatParameter Rate = Parameter.Float("rate", 1e-5, 1e-1).Log();
    private static readonly IntParameter Layers = Parameter.Int("layers", 1, 8);

    [Fact]
    public void ACollectionExpressionAndFluentBuildingMakeTheSameSpace()
    {
        SearchSpace space = [Rate, Layers];
        Assert.Equal(space, SearchSpace.Empty.With(Rate).With(Layers));
        Assert.Equal<Parameter>([Rate, Layers], space);
        Assert.Equal(2, space.Count);
        Assert.Same(Layers, space[1]);
        Assert.Equal("rate: float in [1E-05, 0.1], log-scaled; layers: int in [1, 8]", space.ToString());
    }

    [Fact]
    public void AxesAreFoundByName()
    {
        SearchSpace space = [Rate, Layers];
        Assert.Equal((0, 1, -1), (space.IndexOf("rate"), space.IndexOf("layers"), space.IndexOf("Rate")));
    }

    [Fact]
    public void NormalizeCentersFiniteAxesAndKeepsContinua()
    {
        SearchSpace space = [Layers, Parameter.Float("x", 0, 1)];
        Assert.Equal([1 / 16.0, 0.3], space.Normalize([0.01, 0.3]));
        Assert.Equal([15 / 16.0, 1], space.Normalize([1, 1]));
    }

    [Fact]
    public void PointsThatDecodeAlikeNormalizeAlike() =>
        Law.Holds(Numbers.Units.Two(), units =>
        {
            SearchSpace space = [Layers];
            var (one, other) = units;
            Assert.Equal(Layers.FromUnit(one) == Layers.FromUnit(other), space.Normalize([one]).SequenceEqual(space.Normalize([other])));
        });

    [Fact]
    public void APointMustHaveACoordinateForEachParameter()
    {
        SearchSpace space = [Rate, Layers];
        var message = Assert.Throws<ArgumentException>(() => space.Normalize([0.5])).Message;
        Assert.Contains("one coordinate for each parameter, but there are 1 for 2", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => space.Require(_ => true).IsFeasible([0.5, 0.5, 0.5]));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-0.1)]
    [InlineData(1.5)]
    public void AnActiveAxisMustHaveACoordinateInTheUnitInterval(double unit)
    {
        SearchSpace space = [Rate, Layers];
        var message = Assert.Throws<ArgumentException>(() => space.Normalize([0.5, unit])).Message;
        Assert.Contains("must have a coordinate in [0,1], but parameter 'layers' has", message, StringComparison.Ordinal);
        Assert.Contains("Correct the sampler", message, StringComparison.Ordinal);
    }

    [Fact]
    public void ExtendingAddsAParameterOrPutsItInThePlaceOfItsNamesake()
    {
        SearchSpace space = [Rate, Layers];
        var wider = Parameter.Int("layers", 1, 16);
        Assert.Equal<Parameter>([Rate, wider], space.Extend(wider));
        Assert.Equal<Parameter>([Rate, Layers, Parameter.Bool("b")], space.Extend(Parameter.Bool("b")));
        Assert.Equal<Parameter>([Rate, Layers], space);
    }

    [Fact]
    public void GivenCodesStandWhateverThePointSays()
    {
        var flag = Parameter.Bool("flag");
        SearchSpace space = [flag, Layers.When(flag, true), Rate];
        Assert.Equal([1, 3, 0.1], space.Decode([0, 0, 1], [1, 3, double.NaN]));
        Assert.Equal([1, 3, 0.1], space.Decode([double.NaN, double.NaN, 1], [1, 3, double.NaN]));
        Assert.Equal([0, double.NaN, 0.1], space.Decode([0, 0, 1], [double.NaN, 3, double.NaN])); // of an inactive axis it is ignored
    }
}
