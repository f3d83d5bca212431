using HyperOpt.Numerics;
using HyperOpt.Pruners;
using HyperOpt.Samplers;
using HyperOpt.Samplers.Auto;
using HyperOpt.Spaces;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Samplers.Auto;

public sealed class AutoSamplerTests
{
    private static readonly CategoricalParameter<string> Kind = Parameter.Categorical("kind", "a", "b");
    private static readonly SearchSpace Flat = [Parameter.Float("x", 0, 1), Parameter.Float("y", 0, 1)];
    private static readonly SearchSpace Conditional = [Kind, Parameter.Float("x", 0, 1).When(Kind, "a")];
    private static readonly SearchSpace Wide = [.. Enumerable.Range(0, 101).Select(axis => Parameter.Float($"x{axis}", 0, 1))];

    public static TheoryData<string, int, int, double, string> Table => new()
    {
        // space, objectives, number of the trial, seconds a trial (0: nobody said), sampler
        { "flat", 1, 0, 0, "GaussianProcess" },
        { "flat", 1, 299, 0, "GaussianProcess" },
        { "flat", 1, 300, 0, "CmaEs" },
        { "flat", 1, 99, 0.001, "GaussianProcess" },
        { "flat", 1, 100, 0.001, "CmaEs" },
        { "flat", 1, 999, 1, "GaussianProcess" },
        { "flat", 1, 1000, 1, "CmaEs" },
        { "conditional", 1, 299, 0, "GaussianProcess" },
        { "conditional", 1, 300, 0, "Tpe" },
        { "wide", 1, 0, 0, "CmaEs" },
        { "flat", 2, 249, 0, "GaussianProcess" },
        { "flat", 3, 250, 0, "Nsga" },
        { "conditional", 2, 250, 0, "Nsga" },
        { "flat", 4, 0, 0, "Tpe" },
        { "flat", 4, 250, 0, "Nsga" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void TheSamplerIsTheOneAtHome(string space, int objectives, int number, double seconds, string expected)
    {
        var rule = new AutoRule(space switch { "flat" => Flat, "wide" => Wide, _ => Conditional }, objectives, seconds == 0 ? null : TimeSpan.FromSeconds(seconds));
        Assert.Equal(expected, rule.At(number).Kind.ToString());
    }

    [Fact]
    public void EachTrialKeepsWhichSamplerProposedItAndWhy()
    {
        var x = Parameter.Float("x", -1, 1);
        var y = Parameter.Float("y", -1, 1);
        var study = new Study(new StudyOptions { Space = [x, y], Sampler = new AutoSampler { TrialDuration = TimeSpan.Zero }, Pruner = new NopPruner(), Seed = 3 });
        study.Optimize(trial => Math.Pow(trial.Suggest(x) - 0.3, 2) + 100 * Math.Pow(trial.Suggest(y) - trial.Suggest(x), 2), trials: 130);
        Assert.All(study.Trials.Take(100), trial => Assert.Matches("^(Gaussian process|local quadratic): ", trial.Reason?.Choice));
        Assert.All(study.Trials.Skip(100), trial => Assert.StartsWith("CMA-ES: ", trial.Reason?.Choice, StringComparison.Ordinal));
        Assert.True(study.Best.Value < 1e-4, $"The valley's floor is 0, but the best of 130 trials is {study.Best.Value}.");
    }

    /// <summary>Losses that have nothing to do with the points: of 12 histories, one with a rank correlation of 0.2 or more among 20 is no surprise (chance 0.2), nine of them are (1e-4).</summary>
    [Fact]
    public void AModelThatForetellsNothingIsNotLeftAlone()
    {
        var doubted = Enumerable.Range(0, 12).Count(seed => KindOf(Noise(41, seed)) == "TPE");
        Assert.True(doubted >= 4, $"Of 12 histories of noise only {doubted} were doubted.");
        Assert.All(Enumerable.Range(0, 12), seed => Assert.Equal("Gaussian process", KindOf(Noise(40, seed))));
        Assert.All(Enumerable.Range(0, 12), seed => Assert.Equal("Gaussian process", KindOf(Bowl(41, seed))));
    }

    [Fact]
    public void TheLastTenthGoesForWhatIsGood()
    {
        string StrategyAt(int count, int? trials) => Propose(new AutoSampler { Trials = trials }, Waves(count, 1)).Reason!.Strategy;
        Assert.Equal("lowest expected loss", StrategyAt(36, 40));
        Assert.Equal("log expected improvement", StrategyAt(37, 40));
        Assert.NotEqual("lowest expected loss", StrategyAt(34, 40));
        Assert.NotEqual("lowest expected loss", StrategyAt(36, null));
    }

    [Fact]
    public void WithSeveralLossesTooTheLastTenthGoesForWhatIsExpected()
    {
        string StrategyAt(int count) => Propose(new AutoSampler { Trials = 40 }, History(count, 1, (point, random) => point[0], (point, _) => Math.Pow(point[1] - point[0], 2) - point[0])).Reason!.Strategy;
        Assert.Equal("log hypervolume improvement by the expected losses", StrategyAt(36));
        Assert.Equal("log expected hypervolume improvement", StrategyAt(37));
        Assert.Equal("log expected hypervolume improvement", StrategyAt(34));
    }

    [Fact]
    public void EveryOtherTrialOfASmoothLossGoesToTheMinimumOfAQuadratic()
    {
        Assert.Equal("minimum of a local quadratic", Propose(new AutoSampler(), Bowl(30, 1)).Reason!.Strategy);
        Assert.NotEqual("minimum of a local quadratic", Propose(new AutoSampler(), Bowl(31, 1)).Reason!.Strategy);
        Assert.NotEqual("minimum of a local quadratic", Propose(new AutoSampler { Cost = TrialCost.Duration }, Bowl(30, 1)).Reason!.Strategy);
    }

    [Fact]
    public void SettingsAreValidated()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new AutoSampler { Trials = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new AutoSampler { TrialDuration = TimeSpan.FromTicks(-1) });
    }

    private static string KindOf(TrialHistory history) => Propose(new AutoSampler(), history).Reason!.Choice!.Split(':')[0];

    private static Proposal Propose(AutoSampler sampler, TrialHistory history) => sampler.Propose(history.Space, history, new Xoshiro256StarStar(1))!;

    private static TrialHistory Noise(int count, int seed) => History(count, seed, (_, random) => random.NextDouble());

    private static TrialHistory Bowl(int count, int seed) => History(count, seed, (point, _) => Math.Pow(point[0] - 0.4, 2) + Math.Pow(point[1] - 0.7, 2));

    private static TrialHistory Waves(int count, int seed) => History(count, seed, (point, _) => Math.Sin(12 * point[0]) + Math.Abs(point[1] - 0.7));

    private static TrialHistory History(int count, int seed, params Func<double[], Random, double>[] losses)
    {
        var random = new Xoshiro256StarStar((ulong)seed);
        return TrialHistory.Create(Flat, Enumerable.Range(0, count).Select(number =>
        {
            double[] point = [random.NextDouble(), random.NextDouble()];
            return new Observation { Number = number, State = TrialState.Completed, Point = [.. point], Losses = [.. losses.Select(loss => loss(point, random))] };
        }), objectives: losses.Length);
    }
}
