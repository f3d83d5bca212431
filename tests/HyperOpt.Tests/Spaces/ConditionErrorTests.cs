using HyperOpt.Spaces;
using Xunit;

namespace HyperOpt.Tests.Spaces;

/// <summary>A bad condition or space is refused with the law, the facts and a remedy.</summary>
public sealed class ConditionErrorTests
{
    private static readonly CategoricalParameter<string> Optimizer = Parameter.Categorical("optimizer", "adam", "sgd");
    private static readonly FloatParameter Momentum = Parameter.Float("momentum", 0, 0.99);

    [Fact]
    public void AParentMustHaveFinitelyManyValues() =>
        Refused(() => Optimizer.When(Momentum, 0.5), "must have finitely many values", "'momentum' of parameter 'optimizer' is a continuum", "Give it a step");

    [Fact]
    public void AConditionMustNameAValue() =>
        Refused(() => Momentum.When(Optimizer), "must name a value", "'momentum' is active for none of 'optimizer'", "List values of one of {adam, sgd}");

    [Fact]
    public void AConditionMustNameValuesOfTheParent()
    {
        var message = Assert.Throws<ArgumentOutOfRangeException>(() => Momentum.When(Optimizer, "sgd", "lion")).Message;
        Assert.Contains("A value of parameter 'optimizer' must be one of {adam, sgd}", message, StringComparison.Ordinal);
        Assert.Contains("lion", message, StringComparison.Ordinal);
    }

    [Fact]
    public void AParameterMustNotDependOnItself() =>
        Refused(() => Optimizer.When(Optimizer, "sgd"), "must not form a cycle", "'optimizer' is to depend on itself", "another parent");

    [Fact]
    public void ConditionsMustNotFormACycle()
    {
        var a = Parameter.Int("a", 0, 3);
        var b = Parameter.Int("b", 0, 3).When(a, 1);
        var c = Parameter.Int("c", 0, 3).When(b, 1);
        Refused(() => SearchSpace.Create(a.When(c, 1), b, c), "must not form a cycle", "parameter 'a' depends on itself through its parents", "Remove one condition");
        Refused(() => SearchSpace.Create(c, b, a.When(b, 1)), "must not form a cycle", "depends on itself through its parents", "Remove one condition");
    }

    [Fact]
    public void AParentMustBeInTheSpace()
    {
        var child = Momentum.When(Optimizer, "sgd");
        Refused(() => SearchSpace.Create(child), "must be in the space", "'optimizer', on which 'momentum' depends, is not", "Add it before");
        Refused(() => SearchSpace.Empty.With(child), "must be in the space", "'optimizer', on which 'momentum' depends, is not", "Add it before");
    }

    [Fact]
    public void AParentMustBeDefinedAsInTheSpace() =>
        Refused(
            () => SearchSpace.Create(Parameter.Categorical("optimizer", "adam", "sgd", "lion"), Momentum.When(Optimizer, "sgd")),
            "must be defined as in the space",
            "'momentum' depends on (optimizer: categorical {adam, sgd}) and the space has (optimizer: categorical {adam, sgd, lion})",
            "Use the same handle");

    [Fact]
    public void NamesMustBeDistinct()
    {
        Refused(() => SearchSpace.Create(Momentum, Parameter.Bool("momentum")), "must be distinct", "'momentum' stands twice", "Rename one");
        Refused(() => SearchSpace.Create(Momentum).With(Momentum), "must be distinct", "'momentum' stands twice", "Rename one");
    }

    [Fact]
    public void NamesThatDifferInCaseAreDistinct() => Assert.Equal(2, SearchSpace.Create(Momentum, Parameter.Bool("Momentum")).Count);

    [Fact]
    public void NullsAreRefused()
    {
        Assert.Throws<ArgumentNullException>(() => SearchSpace.Create(Momentum, null!));
        Assert.Throws<ArgumentNullException>(() => SearchSpace.Empty.With(null!));
        Assert.Throws<ArgumentNullException>(() => SearchSpace.Empty.Require(null!));
        Assert.Throws<ArgumentNullException>(() => Momentum.When<FloatParameter, string>(null!, "sgd"));
        Assert.Throws<ArgumentNullException>(() => ((FloatParameter)null!).When(Optimizer, "sgd"));
    }

    private static void Refused(Action definition, string law, string facts, string remedy)
    {
        var message = Assert.Throws<ArgumentException>(definition).Message;
        Assert.Contains(law, message, StringComparison.Ordinal);
        Assert.Contains(facts, message, StringComparison.Ordinal);
        Assert.Contains(remedy, message, StringComparison.Ordinal);
    }
}
