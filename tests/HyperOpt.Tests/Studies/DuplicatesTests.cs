using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Tests.Support;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Studies;

/// <summary>No configuration of a finite space is tried twice until all have been.</summary>
public sealed class DuplicatesTests
{
    private static readonly IntParameter A = Parameter.Int("a", 0, 5);
    private static readonly IntParameter B = Parameter.Int("b", 0, 5);
    private static readonly CategoricalParameter<string> Kind = Parameter.Categorical("kind", "plain", "fancy");
    private static readonly IntParameter Level = Parameter.Int("level", 1, 7).When(Kind, "fancy");

    public static TheoryData<int, bool> Ways => new() { { 1, true }, { 4, true }, { 4, false } };

    [Theory]
    [MemberData(nameof(Ways))]
    public void AllAreTriedBeforeAnyIsRepeated(int parallelism, bool isReproducible)
    {
        var study = new Study(new StudyOptions { Space = [A, B] });
        AssertAllThenRepeats(study, parallelism, isReproducible, 36);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void ThoseThatBreakAHardConstraintDoNotCount(int parallelism, bool isReproducible)
    {
        var study = new Study(new StudyOptions { Space = SearchSpace.Empty.With(A).With(B).Require(v => v.Get(A) < v.Get(B)) });
        AssertAllThenRepeats(study, parallelism, isReproducible, 15);
        Assert.All(study.Trials, trial => Assert.True(trial.Get(A) < trial.Get(B)));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void ConfigurationsThatDifferInInactiveParametersAreOne(int parallelism, bool isReproducible)
    {
        var study = new Study(new StudyOptions { Space = [Kind, Level] });
        AssertAllThenRepeats(study, parallelism, isReproducible, 8);
    }

    [Fact]
    public void ASamplerThatAlwaysProposesTheSameStillTriesAll()
    {
        var study = new Study(new StudyOptions { Space = [A, B], Sampler = new DelegateSampler((_, _, _) => new Proposal([0.1, 0.1])) });
        AssertAllThenRepeats(study, 1, true, 36);
    }

    [Fact]
    public void AllowTakesTheSamplerAtItsWord()
    {
        var study = new Study(new StudyOptions
        {
            Space = [A, B],
            Duplicates = DuplicatePolicy.Allow,
            Sampler = new DelegateSampler((_, _, _) => new Proposal([0.1, 0.1])),
        });
        study.Optimize(trial => Evaluate(study, trial), trials: 5);
        Assert.Single(study.Trials.Select(trial => trial.Parameters.ToString()).Distinct());
    }

    [Fact]
    public void APersonMayRepeatWhatSheLikes()
    {
        var study = new Study(new StudyOptions { Space = [A, B] });
        study.Enqueue(A.Is(1), B.Is(2));
        study.Enqueue(A.Is(1), B.Is(2));
        study.Optimize(trial => Evaluate(study, trial), trials: 37);
        Assert.Equal(36, study.Trials.Select(trial => trial.Parameters.ToString()).Distinct().Count());
        Assert.Equal(study.Trials[0].Parameters.ToString(), study.Trials[1].Parameters.ToString());
    }

    private static void AssertAllThenRepeats(Study study, int parallelism, bool isReproducible, int all)
    {
        study.Optimize(trial => Evaluate(study, trial), new RunOptions { Trials = all, Parallelism = parallelism, Reproducible = isReproducible });
        Assert.Equal(all, study.Trials.Select(trial => trial.Parameters.ToString()).Distinct().Count());
        study.Optimize(trial => Evaluate(study, trial), new RunOptions { Trials = 3, Parallelism = parallelism, Reproducible = isReproducible });
        Assert.Equal(all + 3, study.Trials.Count(trial => trial.State == TrialState.Completed));
    }

    private static double Evaluate(Study study, ITrial trial) =>
        study.Space.IndexOf("a") >= 0 ? trial.Suggest(A) + trial.Suggest(B)
        : trial.Suggest(Kind) == "fancy" ? trial.Suggest(Level)
        : 0;
}
