using HyperOpt.Analysis;
using HyperOpt.Pruners;
using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Analysis;

/// <remarks>
/// f is 2x, 1 + y² or y for the kinds a, b and c, a third each, plus z/2; x, y and z uniform on [-1,1]; x is active with a, y with b and c. Given the kind the means are 0, 4/3
/// and 0, so E f = 4/9, Var E[f | kind] = 32/81. Var(2x) = 4/3, Var(y²) = 4/45, Var y = 1/3, Var(z/2) = 1/12: the mean over kinds of variances given the kind is
/// W = (4/3 + 4/45 + 1/3)/3 + 1/12, and V = 32/81 + W. First order: x: Var(2x/3) = 4/27; y: Var((y² + y)/3) = (4/45 + 1/3)/9. Total: x: 4/9; y: (4/45 + 1/3)/3;
/// kind: V - Var(2x/3 + (y² + y)/3 + z/2).
/// </remarks>
public sealed class ConditionalImportanceTests
{
    private static readonly CategoricalParameter<string> Kind = Parameter.Categorical("kind", "a", "b", "c");
    private static readonly FloatParameter X = Parameter.Float("x", -1, 1);
    private static readonly FloatParameter Y = Parameter.Float("y", -1, 1);
    private static readonly FloatParameter Z = Parameter.Float("z", -1, 1);
    private static readonly FloatParameter BoundX = X.When(Kind, "a");
    private static readonly FloatParameter BoundY = Y.When(Kind, "b", "c");

    private const double OfKind = 32 / 81.0;
    private const double OfX = 4 / 27.0;
    private const double OfY = (4 / 45.0 + 1 / 3.0) / 9;
    private const double OfZ = 1 / 12.0;
    private const double All = OfKind + 3 * OfX + 3 * OfY + OfZ;

    private static readonly Dictionary<string, (double First, double Total)> Truth = new()
    {
        ["kind"] = (OfKind / All, (All - OfX - OfY - OfZ) / All),
        ["x"] = (OfX / All, 3 * OfX / All),
        ["y"] = (OfY / All, 3 * OfY / All),
        ["z"] = (OfZ / All, OfZ / All),
    };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TheIndicesAreThoseOfIndependentParametersOfWhichSomeHaveNoEffect(bool isDeclared)
    {
        using var study = Study(isDeclared, 200);
        var report = study.Importance();
        Assert.All(Truth, each => Assert.Equal(each.Value.First, report.Of(each.Key).First, 0.003));
        Assert.All(Truth, each => Assert.Equal(each.Value.Total, report.Of(each.Key).Total, 0.003));
        Assert.Equal(All, report.Variance!.Value, 0.01 * All);

        // The effect of x given the kind, less that of x alone; x and y never meet.
        Assert.Equal((3 - 1) * OfX / All, report.Of(Kind, X).Share, 0.003);
        Assert.Equal(0, report.Of(X, Y).Share, 0.001);
        Assert.Equal(0, report.Of(Kind, Z).Share, 0.001);
    }

    /// <summary>Whole numbers decide as well as categories do: how many layers there are says which widths exist.</summary>
    /// <remarks>f = n + Σ_(i ≤ n) w_i, w on [0,1] and n from 1 to 3: w_i is active with (4 - i)/3, its total (4 - i)/36 and its first order the square of (4 - i)/3 over 12.</remarks>
    [Fact]
    public void AParameterThatWasNotAskedForDependsOnTheAxisThatTells()
    {
        var layers = Parameter.Int("layers", 1, 3);
        FloatParameter[] widths = [.. Enumerable.Range(1, 3).Select(i => Parameter.Float($"w{i}", 0, 1))];
        using var study = new Study(new StudyOptions { Sampler = new RandomSampler(), Pruner = new NopPruner(), Seed = 2 });
        study.Optimize(
            trial =>
            {
                var count = trial.Suggest(layers);
                return count + widths.Take(count).Sum(width => trial.Suggest(width));
            },
            300);
        var report = study.Importance();
        var variance = 1.5 * 1.5 * 2 / 3.0 + (1 + 2 / 3.0 + 1 / 3.0) / 12; // means n + n/2
        for (var i = 1; i <= 3; i++)
        {
            var active = (4 - i) / 3.0;
            Assert.Equal(active / 12 / variance, report.Of($"w{i}").Total, 0.004);
            Assert.Equal(active * active / 12 / variance, report.Of($"w{i}").First, 0.004);
        }
    }

    /// <remarks>Forests are grown with any values for what is inactive. One fixed study; 64 trees are within 0.06.</remarks>
    [Fact]
    public void ForestsKnowInactiveParametersToo()
    {
        using var study = Study(true, 600);
        var report = study.Importance(new ImportanceOptions { Evaluator = new ForestImportance() });
        Assert.All(Truth, each => Assert.Equal(each.Value.First, report.Of(each.Key).First, 0.06));
        Assert.All(Truth, each => Assert.Equal(each.Value.Total, report.Of(each.Key).Total, 0.06));
    }

    /// <summary>The kind decides where the best tenth is: with b far from the bottom, x with a must be low.</summary>
    [Fact]
    public void DensitiesAreComparedWhereAParameterIsActive()
    {
        using var study = Study(true, 600);
        var report = study.Importance(new ImportanceOptions { Evaluator = new PedAnovaImportance() });
        Assert.Equal("x", report.Parameters[0].Parameter.Name);
        Assert.Equal(1, report.Parameters.Sum(importance => importance.Total), 12);
    }

    private static Study Study(bool isDeclared, int trials)
    {
        var study = new Study(new StudyOptions { Space = isDeclared ? [Kind, BoundX, BoundY, Z] : [], Sampler = new RandomSampler(), Pruner = new NopPruner(), Seed = 1 });
        study.Optimize(trial => trial.Suggest(Kind) switch
        {
            "a" => 2 * trial.Suggest(isDeclared ? BoundX : X),
            "b" => 1 + Math.Pow(trial.Suggest(isDeclared ? BoundY : Y), 2),
            _ => trial.Suggest(isDeclared ? BoundY : Y),
        } + 0.5 * trial.Suggest(Z), trials);
        return study;
    }
}
