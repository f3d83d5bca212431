using HyperOpt.Analysis;
using HyperOpt.Pruners;
using HyperOpt.Samplers;
using HyperOpt.Spaces;
using Xunit;

namespace HyperOpt.Tests.Analysis;

/// <remarks>
/// Golden values: Optuna 5.0.0.dev (1d8ce7b) with scikit-learn 1.2.1, by benchmarks/peers/optuna_importance.py golden, on the same 300 points of an additive recurrence.
/// Of forests the means over five seeds, whose standard deviations are 0.002 for fANOVA and 0.004 for the decrease in impurity.
/// </remarks>
public sealed class OptunaImportanceTests
{
    private static readonly double[] Steps = [0.8566748838545029, 0.7338918566271260, 0.6287067210378087, 0.5385972572236101, 0.4614020000000000];
    private static readonly FloatParameter X = Parameter.Float("x", 0, 1);
    private static readonly FloatParameter Y = Parameter.Float("y", -2, 2);
    private static readonly IntParameter N = Parameter.Int("n", 1, 8);
    private static readonly CategoricalParameter<string> Kind = Parameter.Categorical("kind", "a", "b", "c");
    private static readonly FloatParameter Rate = Parameter.Float("rate", 1e-4, 1).Log();

    /// <remarks>Trees differ in which of equal splits they take and in their draws; Optuna's see n on [1,8], ours on eight cells of equal width.</remarks>
    [Fact]
    public void MainEffectsOfForestsAgree()
    {
        using var study = Study(false);
        var report = study.Importance(new ImportanceOptions { Evaluator = new ForestImportance() });
        var all = report.Parameters.Sum(importance => importance.First);
        Assert.Equal(0.4195, report.Of(X).First / all, 0.015);
        Assert.Equal(0.5717, report.Of(Y).First / all, 0.015);
        Assert.Equal(0.0088, report.Of(N).First / all, 0.005);
    }

    [Fact]
    public void DecreasesInImpurityAgree()
    {
        using var study = Study(false);
        var report = study.Importance(new ImportanceOptions { Evaluator = new ImpurityImportance() });
        Assert.Equal(0.4243, report.Of(X).First, 0.02);
        Assert.Equal(0.5566, report.Of(Y).First, 0.02);
        Assert.Equal(0.0192, report.Of(N).First, 0.004);
    }

    [Theory]
    [InlineData(1.0, false, 0.670282963514, 0.247324266868, 0.037683452079, 0.030207223030, 0.014502094509)]
    [InlineData(0.5, false, 0.671993226466, 0.226057206930, 0.043163372117, 0.043292237899, 0.015493956589)]
    [InlineData(1.0, true, 0.673788025660, 0.237181832268, 0.043892722464, 0.031162108740, 0.013975310867)]
    public void DivergencesOfDensitiesAreTheSame(double region, bool overSpace, double y, double x, double rate, double n, double kind)
    {
        using var study = Study(true);
        var report = study.Importance(new ImportanceOptions { Evaluator = new PedAnovaImportance { RegionQuantile = region, OverSpace = overSpace } });
        Assert.Equal(y, report.Of(Y).First, 1e-9);
        Assert.Equal(x, report.Of(X).First, 1e-9);
        Assert.Equal(rate, report.Of(Rate).First, 1e-9);
        Assert.Equal(n, report.Of(N).First, 1e-9);
        Assert.Equal(kind, report.Of(Kind).First, 1e-9);
    }

    private static Study Study(bool isMixed)
    {
        var study = new Study(new StudyOptions
        {
            Space = isMixed ? [X, Y, N, Kind, Rate.When(Kind, "b")] : [X, Y, N],
            Sampler = new RandomSampler(),
            Pruner = new NopPruner(),
        });
        for (var i = 1; i <= 300; i++)
        {
            double[] u = [.. Steps.Select(step => i * step % 1.0)];
            var (x, y, n, kind) = (u[0], -2 + 4 * u[1], 1 + (int)(8 * u[2]), Kind.FromUnit(u[3]));
            Assignment[] given = [X.Is(x), Y.Is(y), N.Is(n)];
            study.Enqueue(!isMixed ? given : kind == "b" ? [.. given, Kind.Is(kind), Rate.Is(RateOf(u[4]))] : [.. given, Kind.Is(kind)]);
        }

        study.Optimize(
            trial =>
            {
                var (x, y, n) = (trial.Suggest(X), trial.Suggest(Y), trial.Suggest(N));
                var value = 3 * x * x + Math.Sin(2 * y) + 0.1 * n + x * y;
                return isMixed && trial.Suggest(Kind) == "b" ? value + 0.3 * Math.Log10(trial.Suggest(Rate.When(Kind, "b"))) + 1 : value;
            },
            300);
        return study;
    }

    private static double RateOf(double unit) => Math.Exp(Math.Log(1e-4) + unit * Math.Log(1e4));
}
