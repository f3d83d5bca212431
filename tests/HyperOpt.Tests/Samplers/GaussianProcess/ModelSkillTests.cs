using HyperOpt.Numerics;
using HyperOpt.Samplers;
using HyperOpt.Samplers.GaussianProcess;
using HyperOpt.Spaces;
using HyperOpt.Tests.Contracts;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Samplers.GaussianProcess;

public sealed class ModelSkillTests
{
    private static readonly SearchSpace Floats = [Parameter.Float("x", 0, 1), Parameter.Float("y", -1, 1), Parameter.Float("z", 1, 10).Log()];

    [Theory]
    [InlineData(5, 0)]
    [InlineData(16, 0)]
    [InlineData(21, 0)]
    [InlineData(38, 3)]
    public void WhatIsForetoldOfATrialIsWhatAModelOfTheOthersSays(int count, int pending)
    {
        foreach (var space in new[] { Floats, SamplerCases.Mixed })
        {
            var scene = new GpScene(space, count, 100 + count, pending);
            var (means, variances) = scene.Posterior().LeaveOneOut();
            Assert.Equal(count, means.Length);
            for (var left = 0; left < count; left++)
            {
                int[] others = [.. Enumerable.Range(0, count).Where(row => row != left)];
                double[] shared = [.. others.Select(row => scene.Kernel(scene.Points[left], scene.Points[row]))];
                var weights = ModelTests.Solve(
                    others.Length,
                    (i, j) => scene.Kernel(scene.Points[others[i]], scene.Points[others[j]]) + (i == j ? scene.Noise + scene.Extra[others[i]] : 0),
                    shared);
                var mean = weights.Zip(others, (weight, row) => weight * scene.Targets[row]).Sum();
                var own = scene.Kernel(scene.Points[left], scene.Points[left]) + scene.Noise + scene.Extra[left];
                Assert.Equal(mean, means[left], 1e-7);
                Assert.Equal(own - weights.Zip(shared, (weight, k) => weight * k).Sum(), variances[left], 1e-8);
            }
        }
    }

    [Fact]
    public void TheScoresAreThoseOfTheirDefinition()
    {
        var history = History(11, (x, y, _) => Math.Sin(5 * x) + y * y);
        var sampler = new GaussianProcessSampler();
        var skill = sampler.SkillOf(Floats, history)!;
        var model = new ModelMemo(Floats).PosteriorOf(history, new ModelOutput(false, 0));
        var (means, variances) = model.LeaveOneOut();
        var score = 0.0;
        for (var left = 0; left < 11; left++)
        {
            double[] others = [.. model.Targets.Where((_, row) => row != left)];
            var variance = others.Sum(z => Math.Pow(z - others.Average(), 2)) / 9 * 1.1;
            score += LogDensity(model.Targets[left], means[left], variances[left]) - LogDensity(model.Targets[left], others.Average(), variance);
        }

        Assert.Equal(11, skill.Trials);
        Assert.Equal(score / 11, skill.LogScore, 1e-9);
        int[] better = [.. Enumerable.Range(0, 11).OrderBy(row => history.Finished[row].Losses[0]).Take(6)];
        int[] order = [.. better.OrderBy(row => means[row])];
        var squares = Enumerable.Range(0, 6).Sum(rank => Math.Pow(Array.IndexOf(order, better[rank]) - rank, 2));
        Assert.Equal(1 - 6 * squares / (6 * 35), skill.RankCorrelation, 1e-12);

        static double LogDensity(double z, double mean, double variance) => -0.5 * Math.Log(2 * Math.PI * variance) - 0.5 * (z - mean) * (z - mean) / variance;
    }

    [Fact]
    public void WhatCanBeLearntIsKnownFromWhatCannot()
    {
        var learnt = new GaussianProcessSampler().SkillOf(Floats, History(40, (x, y, z) => (x - 0.3) * (x - 0.3) + y + 0.5 * z))!;
        Assert.True(learnt is { RankCorrelation: > 0.9, LogScore: > 1 }, $"{learnt}");
        var (correlation, score) = (0.0, 0.0);
        for (var seed = 0; seed < 20; seed++)
        {
            var chance = new Xoshiro256StarStar((ulong)seed);
            var skill = new GaussianProcessSampler().SkillOf(Floats, History(40, (_, _, _) => chance.NextDouble()))!;
            (correlation, score) = (correlation + skill.RankCorrelation / 20, score + skill.LogScore / 20);
        }

        Assert.InRange(correlation, -0.5, 0.25); // of 20 trials each, its deviation is about 0.23 / √20: five of them
        Assert.InRange(score, -0.5, 0.1);
    }

    [Fact]
    public void OfTooFewTrialsNothingIsSaid()
    {
        Assert.Null(new GaussianProcessSampler().SkillOf(Floats, History(3, (x, _, _) => x)));
        Assert.Null(new GaussianProcessSampler { StartupTrials = 1 }.SkillOf(Floats, History(3, (x, _, _) => x)));
        Assert.NotNull(new GaussianProcessSampler().SkillOf(Floats, History(4, (x, _, _) => x)));
    }

    [Fact]
    public void FailedTrialsAreNotJudgedByAndEqualLossesHaveNoSkill()
    {
        var history = History(12, (_, _, _) => 3);
        var failed = TrialHistory.Create(Floats, history.Finished.Select(trial => trial.Number < 4 ? trial with { State = TrialState.Failed, Losses = [] } : trial));
        var skill = new GaussianProcessSampler().SkillOf(Floats, failed)!;
        Assert.Equal((8, 0), (skill.Trials, skill.RankCorrelation));
        Assert.True(double.IsFinite(skill.LogScore));
    }

    private static TrialHistory History(int count, Func<double, double, double, double> loss)
    {
        var random = new Xoshiro256StarStar(7);
        return TrialHistory.Create(Floats, Enumerable.Range(0, count).Select(number =>
        {
            var (x, y, z) = (random.NextDouble(), random.NextDouble(), random.NextDouble());
            return new Observation { Number = number, State = TrialState.Completed, Point = [x, y, z], Losses = [loss(x, y, z)] };
        }));
    }
}
