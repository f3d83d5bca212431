using HyperOpt.Numerics;
using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Studies;

public sealed class RecommendationTests
{
    private static readonly FloatParameter X = Parameter.Float("x", -1, 1);
    private static readonly FloatParameter Y = Parameter.Float("y", -1, 1);

    [Fact]
    public void WithoutNoiseItIsTheBestTrial()
    {
        var study = new Study(new StudyOptions { Space = [X, Y], Sampler = new TpeSampler() });
        study.Optimize(trial => True(trial.Suggest(X), trial.Suggest(Y)), trials: 40);
        var recommended = study.Recommend();
        Assert.Equal(study.Best.Number, recommended.Trial.Number);
        Assert.InRange(study.Best.Value, recommended.Low - 0.02, recommended.High + 0.02);
        Assert.Contains(recommended.Trial.Number, recommended.Contenders.Select(trial => trial.Number));
    }

    /// <remarks>
    /// 40 studies: the luckiest evaluation's configuration is worse in the mean than that of the best posterior mean. The draws are fixed.
    /// </remarks>
    [Fact]
    public void UnderNoiseItIsNotTheLuckiestDraw()
    {
        var (lucky, believed, covered) = (0.0, 0.0, 0);
        for (var seed = 0ul; seed < 40; seed++)
        {
            var study = Noisy(seed, 60);
            var recommended = study.Recommend();
            lucky += Regret(study.Best) / 40;
            believed += Regret(recommended.Trial) / 40;
            covered += Regret(recommended.Trial) is var regret && regret >= recommended.Low && regret <= recommended.High ? 1 : 0;
            Assert.InRange(recommended.Noise, 0.1, 0.6); // 0.3 in truth
        }

        Assert.True(believed < 0.7 * lucky, $"{believed} against {lucky}");
        Assert.InRange(covered, 24, 40); // nine in ten if the model held
    }

    [Fact]
    public void EvaluatingTheContendersAgainNarrowsTheInterval()
    {
        var study = Noisy(3, 60);
        var before = study.Recommend();
        var after = study.Replicate(trial => Evaluate(trial, 3), contenders: 3, times: 4);
        Assert.Equal(60 + 4 * Math.Min(3, before.Contenders.Length), study.Trials.Count);
        Assert.True(after.High - after.Low < before.High - before.Low);
        Assert.InRange(after.Evaluations, 1, 5);
    }

    [Fact]
    public void ScoresAreRecommendedInTheirOwnDirection()
    {
        var study = new Study(new StudyOptions { Space = [X], Direction = Direction.Maximize, Sampler = new TpeSampler() });
        study.Optimize(trial => 5 - trial.Suggest(X) * trial.Suggest(X), trials: 30);
        var recommended = study.Recommend();
        Assert.Equal(study.Best.Number, recommended.Trial.Number);
        Assert.True(recommended.Low <= recommended.Mean && recommended.Mean <= recommended.High);
    }

    [Fact]
    public void OneTrialIsRecommendedAndNoneIsNot()
    {
        var study = new Study(new StudyOptions { Space = [X] });
        Assert.Contains("needs a completed and feasible trial", Assert.Throws<InvalidOperationException>(() => study.Recommend()).Message, StringComparison.Ordinal);
        study.Optimize(trial => trial.Suggest(X), trials: 1);
        Assert.Equal(0, study.Recommend().Trial.Number);
        var several = new Study(new StudyOptions { Space = [X], Directions = [Direction.Minimize, Direction.Minimize] });
        Assert.Contains("Use ParetoFront", Assert.Throws<InvalidOperationException>(() => several.Recommend()).Message, StringComparison.Ordinal);
    }

    private static Study Noisy(ulong seed, int trials)
    {
        var study = new Study(new StudyOptions { Space = [X, Y], Seed = seed });
        study.Optimize(trial => Evaluate(trial, seed), trials);
        return study;
    }

    private static double Evaluate(ITrial trial, ulong seed) =>
        True(trial.Suggest(X), trial.Suggest(Y)) + 0.3 * Normal.Quantile(StreamSeed.Create(seed, trial.Number, "noise").NextDouble() * 0.999998 + 1e-6);

    private static double Regret(FrozenTrial trial) => True(trial.Get(X), trial.Get(Y));

    private static double True(double x, double y) => x * x + y * y;
}
