using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Tests.Support;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Studies;

/// <summary>No trial ever has a configuration that breaks a hard constraint.</summary>
public sealed class HardConstraintTests
{
    private static readonly FloatParameter X = Parameter.Float("x", 0, 1);
    private static readonly FloatParameter Y = Parameter.Float("y", 0, 1);
    private static readonly IntParameter A = Parameter.Int("a", 0, 9);
    private static readonly IntParameter B = Parameter.Int("b", 0, 9);
    private static readonly FloatParameter Late = Parameter.Float("late", 0, 1);

    public static TheoryData<string> Samplers => ["random", "grid", "sobol", "corner"];

    [Theory]
    [MemberData(nameof(Samplers))]
    public void NoSamplerBreaksOne(string sampler)
    {
        var space = SearchSpace.Empty.With(X).With(Y).With(A).With(B).Require(v => v.Get(X) < v.Get(Y)).Require(v => v.Get(A) + v.Get(B) == 9);
        foreach (var isReproducible in new[] { true, false })
        {
            var study = new Study(new StudyOptions { Space = space, Sampler = SamplerOf(sampler) });
            study.Enqueue(A.Is(3));
            study.Enqueue(X.Is(0.8), B.Is(9));
            study.Optimize(
                trial => trial.Suggest(X) + trial.Suggest(Late) + trial.Suggest(Y) + trial.Suggest(A) + trial.Suggest(B),
                new RunOptions { Trials = 60, Parallelism = 2, Reproducible = isReproducible });
            Assert.All(study.Trials, trial => Assert.True(trial.Get(X) < trial.Get(Y) && trial.Get(A) + trial.Get(B) == 9, trial.ToString()));
            Assert.Equal((3, 0), (study.Trials[0].Get(A), study.Trials[1].Get(A)));
        }
    }

    [Theory]
    [MemberData(nameof(Samplers))]
    public void ARangeThatATrialChangesKeepsToThem(string sampler)
    {
        var space = SearchSpace.Empty.With(A).With(B).Require(v => v.Get(A) < v.Get(B));
        var study = new Study(new StudyOptions { Space = space, Sampler = SamplerOf(sampler) });
        study.Optimize(trial => trial.Suggest(A) - trial.Suggest(Parameter.Int("b", 0, 30)), trials: 40);
        Assert.All(study.Trials, trial => Assert.True(trial.Value < 0, trial.ToString()));
    }

    [Fact]
    public void AnInactiveParameterMakesAConstraintMute()
    {
        var kind = Parameter.Categorical("kind", "plain", "fancy");
        var level = Parameter.Int("level", 0, 9).When(kind, "fancy");
        var study = new Study(new StudyOptions { Space = SearchSpace.Empty.With(kind).With(level).Require(v => v.Get(level) > 7) });
        study.Optimize(trial => trial.Suggest(kind) == "fancy" ? trial.Suggest(level) : 0, trials: 3);
        Assert.Equal([0, 8, 9], study.Trials.Select(trial => trial.Value).Order());
    }

    [Fact]
    public void AFiniteSpaceWithoutAnyFeasibleConfigurationSaysHowManyThereAre()
    {
        var study = new Study(new StudyOptions { Space = SearchSpace.Empty.With(A).With(B).Require(v => v.Get(A) > v.Get(B) + 9) });
        var message = Assert.Throws<InvalidOperationException>(() => study.Ask()).Message;
        Assert.Contains("none of its 100 does", message);
        Assert.Contains("acceptance rate 0", message);
        Assert.Contains("v.Get(A) > v.Get(B) + 9", message);
        Assert.Empty(study.Trials);
    }

    [Fact]
    public void AContinuousSpaceInWhichNoneIsFoundSaysHowSureThatIs()
    {
        var study = new Study(new StudyOptions { Space = SearchSpace.Empty.With(X).Require(v => v.Get(X) > 1, "x is greater than it can be") });
        var message = Assert.Throws<InvalidOperationException>(() => study.Optimize(_ => 1, trials: 2)).Message;
        Assert.Contains("none of 100000 uniform draws", message);
        Assert.Contains("below 3E-05 with 95 % confidence", message);
        Assert.Contains("x is greater than it can be", message);
    }

    [Fact]
    public void ATightSpaceIsSearchedWithoutTheSampler()
    {
        var logger = new ListLogger();
        var space = SearchSpace.Empty.With(X).With(Y).Require(v => Math.Abs(v.Get(X) - v.Get(Y)) < 1e-3);
        var study = new Study(new StudyOptions { Space = space, Sampler = SamplerOf("corner"), Logger = logger });
        study.Optimize(trial => Math.Abs(trial.Suggest(X) - trial.Suggest(Y)), trials: 5);
        Assert.All(study.Trials, trial => Assert.True(trial.Value < 1e-3));
        Assert.Equal(5, logger.Entries.Count(entry => entry.Id == 5));
    }

    private static ISampler SamplerOf(string name) => name switch
    {
        "grid" => new GridSampler { PointsPerAxis = 4 },
        "sobol" => new QuasiRandomSampler(),
        "corner" => new DelegateSampler((space, _, _) => new Proposal([.. space.Select((_, axis) => axis == 0 ? 0.99 : 0.01)])),
        _ => new RandomSampler(),
    };
}
