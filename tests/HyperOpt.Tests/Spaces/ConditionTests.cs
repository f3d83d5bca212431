using FsCheck.Fluent;
using HyperOpt.Spaces;
using HyperOpt.Tests.Support;
using Xunit;

namespace HyperOpt.Tests.Spaces;

public sealed class ConditionTests
{
    private static readonly CategoricalParameter<string> Optimizer = Parameter.Categorical("optimizer", "adam", "sgd", "lbfgs");
    private static readonly FloatParameter Momentum = Parameter.Float("momentum", 0, 0.99).When(Optimizer, "sgd");

    [Fact]
    public void AnInactiveAxisBecomesNaN()
    {
        SearchSpace space = [Optimizer, Momentum];
        Assert.Equal([0.5, 0.25], space.Normalize([0.4, 0.25]));
        Assert.Equal([1 / 6.0, double.NaN], space.Normalize([0.1, 0.25]));
        Assert.Equal([1 / 6.0, double.NaN], space.Normalize([0.1, double.NaN]));
    }

    [Fact]
    public void AParentMayStandAfterItsChild()
    {
        SearchSpace space = [Momentum, Optimizer];
        Assert.Equal([0.25, 0.5], space.Normalize([0.25, 0.4]));
        Assert.Equal([double.NaN, 1 / 6.0], space.Normalize([0.25, 0.1]));
    }

    [Fact]
    public void AnyOfTheListedValuesWillDo()
    {
        SearchSpace space = [Optimizer, Parameter.Bool("nesterov").When(Optimizer, "lbfgs", "adam", "lbfgs")];
        Assert.Equal([0.75, double.NaN, 0.75], new[] { 0.0, 0.5, 1 }.Select(unit => space.Normalize([unit, 1])[1]));
    }

    [Fact]
    public void SeveralConditionsMustAllHold()
    {
        var deep = Parameter.Bool("deep");
        SearchSpace space = [Optimizer, deep, Parameter.Int("n", 0, 1).When(Optimizer, "sgd").When(deep, true)];
        Assert.Equal(0.75, space.Normalize([0.5, 1, 1])[2]);
        Assert.Equal(double.NaN, space.Normalize([0.5, 0, 1])[2]);
        Assert.Equal(double.NaN, space.Normalize([0, 1, 1])[2]);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(2000)]
    public void ConditionsNestToAnyDepth(int depth)
    {
        var chain = new List<CategoricalParameter<bool>> { Parameter.Bool("p0") };
        for (var i = 1; i < depth; i++)
        {
            chain.Add(Parameter.Bool($"p{i}").When(chain[^1], true));
        }

        var space = SearchSpace.Create([.. Enumerable.Reverse(chain)]);
        Assert.Equal(depth + 1, space.Cardinality);
        var point = new double[depth];
        Array.Fill(point, 1);
        Assert.DoesNotContain(double.NaN, space.Normalize(point));
        point[depth / 2] = 0;
        var normal = space.Normalize(point);
        Assert.Equal(depth / 2, normal.Count(double.IsNaN));
        Assert.All(normal.AsSpan(0, depth / 2).ToArray(), coordinate => Assert.Equal(double.NaN, coordinate));
    }

    [Fact]
    public void TheMaskIsThatOfTheNaiveAccount() =>
        Law.Holds(
            from space in ConditionalSpace.Any
            from point in Gen.ArrayOf(Numbers.Units, space.Space.Count)
            select (Conditional: space, Point: point),
            at => Assert.Equal(at.Conditional.DescribePoint(at.Point), at.Conditional.Describe(at.Conditional.Space.Decode(at.Point))));

    [Fact]
    public void NormalizeTwiceIsNormalizeOnce() =>
        Law.Holds(
            from space in ConditionalSpace.Any
            from point in Gen.ArrayOf(Numbers.Units, space.Space.Count)
            select (space.Space, Point: point),
            at => Assert.Equal(at.Space.Normalize(at.Point), at.Space.Normalize(at.Space.Normalize(at.Point).AsSpan())));

    [Fact]
    public void AConditionNamesItsParentAndValues()
    {
        var condition = Assert.Single(Momentum.Conditions);
        Assert.Equal(Optimizer, condition.Parent);
        Assert.Equal(["sgd"], condition.Values);
        Assert.Equal("optimizer is sgd or lbfgs", Parameter.Bool("b").When(Optimizer, "lbfgs", "sgd").Conditions[0].ToString());
    }

    [Fact]
    public void ConditionsAreEqualByParentAndSetOfValues()
    {
        var flag = Parameter.Bool("b");
        Assert.Equal(flag.When(Optimizer, "sgd", "adam"), flag.When(Parameter.Categorical("optimizer", "adam", "sgd", "lbfgs"), "adam", "sgd", "adam"));
        Assert.Equal(flag.When(Optimizer, "sgd").GetHashCode(), flag.When(Optimizer, "sgd").GetHashCode());
        Assert.NotEqual(flag.When(Optimizer, "sgd"), flag.When(Optimizer, "adam"));
        Assert.NotEqual(flag.When(Optimizer, "sgd"), flag.When(Optimizer, "sgd").When(Parameter.Bool("other"), true));
    }

    [Fact]
    public void AConditionOutlivesAChangeOfScale() =>
        Assert.Single(Parameter.Float("x", 1, 2).When(Optimizer, "sgd").Log().Step(0.5).Conditions);
}
