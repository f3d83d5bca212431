using HyperOpt.Spaces;
using Xunit;

namespace HyperOpt.Tests.Spaces;

public sealed class AssignmentTests
{
    private static readonly IntParameter Layers = Parameter.Int("layers", 1, 8);
    private static readonly CategoricalParameter<string> Optimizer = Parameter.Categorical("optimizer", "adam", "sgd");

    [Fact]
    public void AParameterIsSetToAValue()
    {
        var assignment = Optimizer.Is("sgd");
        Assert.Same(Optimizer, assignment.Parameter);
        Assert.Equal("sgd", assignment.Value);
        Assert.Equal("optimizer=sgd", assignment.ToString());
        Assert.Equal(Layers.Is(3), Layers.Is(3));
        Assert.NotEqual(Layers.Is(3), Layers.Is(4));
    }

    [Fact]
    public void AValueOutsideTheDomainIsRefused()
    {
        var message = Assert.Throws<ArgumentOutOfRangeException>(() => Layers.Is(9)).Message;
        Assert.Contains("value of parameter 'layers' must be a whole number in [1, 8]", message, StringComparison.Ordinal);
    }

    [Fact]
    public void AConfigurationIsSetAgainByAllThatItHolds()
    {
        var configuration = new Configuration([Layers, Parameter.Bool("b"), Optimizer], [3, double.NaN, 1]);
        Assert.Equal([Layers.Is(3), Optimizer.Is("sgd")], configuration.ToAssignments());
        Assert.Empty(Configuration.Empty.ToAssignments());
    }
}
