using HyperOpt.Numerics;
using HyperOpt.Samplers;
using HyperOpt.Samplers.CmaEs;
using HyperOpt.Spaces;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Samplers.CmaEs;

public sealed class WarmStartTests
{
    [Fact]
    public void TheDistributionIsThatOfTheReference()
    {
        // cmaes 0.13.1: get_warm_start_mgd of these points; its covariance has determinant 1.
        double[] mean = [0.301486529983391, 0.181638048518433, 0.17981264981321];
        double[] covariance = [1.15938743366492, 0.444741245317206, -0.0335331647427642, 0.444741245317206, 1.24765382314911, -0.0217253256115117, -0.0335331647427642, -0.0217253256115117, 0.801863233922864];
        var axes = new SearchAxes(CmaScene.Floats(3));
        Observation[] others = [.. Enumerable.Range(0, 40).Select(i =>
        {
            double[] x = [.. Enumerable.Range(0, 3).Select(j => 0.5 + 0.4 * Math.Sin(12.9898 * (i + 1) * (j + 1)))];
            return CmaScene.Completed(i, x, x.Sum(u => (u - 0.3) * (u - 0.3)));
        })];
        var gaussian = new SearchFold(axes, CmaScene.Plain with { Begin = 40 }, 1, others).State.Gaussian!;
        Assert.Equal(0.115141573374673, gaussian.Sigma, 1e-13);
        for (var j = 0; j < 3; j++)
        {
            Assert.Equal(mean[j], gaussian.Mean[j], 1e-13);
            for (var k = 0; k < 3; k++)
            {
                var (one, other) = (gaussian.Shape.Colour(Unit(j)), gaussian.Shape.Colour(Unit(k)));
                Assert.Equal(covariance[3 * j + k], RowProducts.Dot(one, other), 1e-11);
            }
        }
    }

    [Fact]
    public void CategoriesBeginAsOftenAsAmongTheBest()
    {
        SearchSpace space = [Parameter.Categorical("kind", "a", "b", "c", "d"), Parameter.Float("x", 0, 1)];
        Observation[] others = [.. Enumerable.Range(0, 40).Select(i => CmaScene.Completed(i, [(i % 4 + 0.5) / 4, 0.5], i % 4 == 2 ? 0 : 1))];
        var chances = new SearchFold(new SearchAxes(space), CmaScene.Plain with { Begin = 40 }, 1, others).State.Categories.Chances(0).ToArray();
        Assert.Equal(2, Array.IndexOf(chances, chances.Max()));
        Assert.Equal([0.5 / 6, 0.5 / 6, 4.5 / 6, 0.5 / 6], chances.Select(chance => Math.Round(chance, 12)).ToArray().Select((_, at) => chances[at]));
    }

    [Fact]
    public void FromTheBestTrialOfOthersItSearchesNearIt()
    {
        var space = CmaScene.Floats(4);
        Observation[] others = [.. Enumerable.Range(0, 10).Select(i => CmaScene.Completed(i, Enumerable.Repeat(i == 3 ? 0.8 : 0.05 * i, 4), i == 3 ? 0 : 1))];
        var sampler = new CmaEsSampler { Begin = 10 };
        var points = Enumerable.Range(0, 200)
            .Select(seed => sampler.Propose(space, TrialHistory.Create(space, others, seed: (ulong)seed), new Xoshiro256StarStar((ulong)seed)).Point).ToArray();
        Assert.InRange(points.Average(point => point[0]), 0.74, 0.84); // 0.8, a little less because of the boundary: a standard error is 0.007
    }

    [Fact]
    public void TrialsBeforeItsBeginningAreSobolPointsOrWhatIsEnqueued()
    {
        using var study = new Study(new StudyOptions { Space = CmaScene.Floats(2), Sampler = new CmaEsSampler { Begin = 8 }, Seed = 3 });
        study.Optimize(trial => trial.Suggest((FloatParameter)study.Space[0]), new RunOptions { Trials = 8 });
        // Eight points of a Sobol sequence: one in each eighth of an axis.
        Assert.Equal(Enumerable.Range(0, 8), study.Trials.Select(trial => (int)(8 * trial.Get((FloatParameter)study.Space[0]))).Order());
    }

    private static double[] Unit(int at) => [.. Enumerable.Range(0, 8).Select(j => j == at ? 1.0 : 0)];
}
