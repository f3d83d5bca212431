using HyperOpt.Samplers;
using HyperOpt.Spaces;
using Xunit;

namespace HyperOpt.Tests.Samplers.GaussianProcess;

public sealed class GaussianProcessQualityTests
{
    /// <remarks>
    /// Within 0.2 of the optimum, since there is a second valley 0.119 above it. None of the 8 runs misses. The seeds are fixed: it fails when the algorithm changes, never
    /// by chance. Random search misses all 8, and so does the sampler when its model's mean is broken (alpha set to zero).
    /// </remarks>
    [Fact]
    public void HartmannsSixDimensionsAreSolvedInFiftyTrials()
    {
        var misses = Enumerable.Range(1, 8).Count(seed =>
        {
            var axes = Enumerable.Range(0, 6).Select(axis => Parameter.Float($"x{axis}", 0, 1)).ToArray();
            var study = new Study(new StudyOptions { Space = [.. axes], Sampler = new GaussianProcessSampler(), Seed = (ulong)seed });
            var best = study.Optimize(trial => Hartmann([.. axes.Select(trial.Suggest)]), trials: 50);
            return best.Value > -3.32237 + 0.2;
        });
        Assert.InRange(misses, 0, 3);
    }

    /// <remarks>
    /// In the branch that is best, and there at its best value, the loss is 0. Random search finds less than 0.1 in 40 trials with a chance below 1 in 20 a run (the set has a
    /// volume of about 0.001). The seeds are fixed: it fails when the algorithm changes, never by chance.
    /// </remarks>
    [Fact]
    public void AConditionalMixedSpaceIsSolvedInFortyTrials()
    {
        var kind = Parameter.Categorical("kind", "a", "b", "c");
        var depth = Parameter.Int("depth", 1, 8).When(kind, "b");
        var rate = Parameter.Float("rate", 1e-4, 1).Log().When(kind, "b", "c");
        var x = Parameter.Float("x", -1, 1);
        var misses = Enumerable.Range(1, 6).Count(seed =>
        {
            var study = new Study(new StudyOptions { Space = [kind, depth, rate, x], Sampler = new GaussianProcessSampler(), Seed = (ulong)seed });
            var best = study.Optimize(
                trial => Math.Pow(3 * (trial.Suggest(x) - 0.3), 2) + trial.Suggest(kind) switch
                {
                    "a" => 1,
                    "b" => 0.3 * Math.Abs(trial.Suggest(depth) - 6) + Math.Pow(Math.Log10(trial.Suggest(rate)) + 2.5, 2),
                    _ => 0.5 + Math.Pow(Math.Log10(trial.Suggest(rate)) + 1, 2),
                },
                trials: 40);
            return best.Value > 0.1;
        });
        Assert.InRange(misses, 0, 3);
    }

    /// <remarks>
    /// The best branch has a narrow well, and elsewhere it is the worst of all. Without proposals in other branches all 8 runs miss it. The seeds are fixed:
    /// it fails when the algorithm changes, never by chance.
    /// </remarks>
    [Fact]
    public void ABranchThatLooksPoorIsFoundOnceTheOthersAreExhausted()
    {
        string[] names = ["a", "b", "c", "d", "e", "f"];
        var way = Parameter.Categorical("way", names);
        var axes = Array.ConvertAll(names, name => new[] { Parameter.Float($"{name}0", -5, 5).When(way, name), Parameter.Float($"{name}1", -5, 5).When(way, name) });
        var misses = Enumerable.Range(1, 8).Count(seed =>
        {
            var study = new Study(new StudyOptions { Space = [way, .. axes.SelectMany(pair => pair)], Sampler = new GaussianProcessSampler(), Seed = (ulong)seed });
            var best = study.Optimize(
                trial =>
                {
                    var i = Array.IndexOf(names, trial.Suggest(way));
                    var distance = Math.Pow(trial.Suggest(axes[i][0]) - 2.5 * Math.Sin(i + 1), 2) + Math.Pow(trial.Suggest(axes[i][1]) - 2.5 * Math.Cos(2 * i + 1), 2);
                    return i == 4 ? 1.5 * (1 - Math.Exp(-distance / 3)) : 0.5 + 0.1 * i + distance / 40;
                },
                trials: 100);
            return best.Value > 0.25;
        });
        Assert.InRange(misses, 0, 3);
    }

    // Hartmann 1973; constants as in Surjanovic and Bingham, Virtual Library of Simulation Experiments. The minimum is -3.32237.
    private static double Hartmann(double[] x)
    {
        double[] weights = [1, 1.2, 3, 3.2];
        double[][] a = [[10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14]];
        double[][] p =
        [
            [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886], [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
            [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650], [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
        ];
        return -weights.Select((weight, i) => weight * Math.Exp(-x.Select((value, j) => a[i][j] * (value - p[i][j]) * (value - p[i][j])).Sum())).Sum();
    }
}
