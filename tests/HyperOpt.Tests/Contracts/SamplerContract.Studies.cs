using HyperOpt.Spaces;
using HyperOpt.Tests.Support;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Contracts;

/// <content>Whole studies.</content>
public abstract partial class SamplerContract
{
    private const int FewTrials = 60;

    private static readonly FloatParameter X = Parameter.Float("x", -1, 1);
    private static readonly FloatParameter Y = Parameter.Float("y", -1, 1);
    private static readonly IntParameter Depth = Parameter.Int("depth", 1, 6);
    private static readonly CategoricalParameter<string> Kind = Parameter.Categorical("kind", "a", "b", "c");
    private static readonly FloatParameter Rate = Parameter.Float("rate", 1e-5, 1).Log();

    [Theory]
    [InlineData(1UL)]
    [InlineData(2UL)]
    [InlineData(3UL)]
    public async Task NoTrialBreaksAHardConstraint(ulong seed)
    {
        var rate = Rate.When(Kind, "a");
        SearchSpace space = [X, Y, Depth, Kind, rate];
        var study = Create(space
            .Require(values => values.Get(X) <= values.Get(Y))
            .Require(values => values.Get(Depth) % 2 == 0 || values.Get(Kind) != "b")
            .Require(values => values.Get(rate) < 0.5), seed);
        await RunAsync(study, trial => trial.Suggest(X) + trial.Suggest(Y) + trial.Suggest(Depth) + (trial.Suggest(Kind) == "a" ? trial.Suggest(rate) : 0), FewTrials);
        Assert.All(study.Trials, trial => Assert.True(
            trial.Get(X) <= trial.Get(Y)
            && (trial.Get(Depth) % 2 == 0 || trial.Get(Kind) != "b")
            && (trial.Get(Kind) != "a" || trial.Get(rate) < 0.5),
            $"No trial may break a hard constraint, but {trial} does."));
    }

    [Fact]
    public async Task AnObjectiveMayDefineTheSpaceAsItGoes()
    {
        var study = Create(SearchSpace.Empty);
        await RunAsync(study, DefineByRun, FewTrials);
        Assert.All(study.Trials, trial => Assert.Equal(trial.Get(Kind) switch { "a" => 2, "b" => 3, _ => 4 }, trial.Parameters.Count));
    }

    [Fact]
    public async Task AnObjectiveMayChangeItsRanges()
    {
        var study = Create([Depth]);
        await RunAsync(
            study,
            trial =>
            {
                var width = Parameter.Int("width", 1, 2 + trial.Number / 4);
                var value = trial.Suggest(width);
                Assert.InRange(value, 1, 2 + trial.Number / 4);
                return trial.Number % 3 == 0 ? trial.Suggest(Parameter.Categorical("choice", "p", "q")).Length : value + trial.Suggest(Depth);
            },
            FewTrials);
    }

    [Fact]
    public async Task AStudyMayHaveTwoObjectives()
    {
        var study = new Study(new StudyOptions
        {
            Space = [X, Y, Depth, Kind],
            Directions = [Direction.Minimize, Direction.Maximize],
            Sampler = CreateSampler(),
        });
        await RunAsync(
            study,
            trial =>
            {
                trial.SetConstraints(trial.Suggest(Y));
                return new[] { trial.Suggest(X), trial.Suggest(X) * trial.Suggest(Y) + trial.Suggest(Depth) };
            },
            FewTrials);
    }

    [Fact]
    public async Task AStudyGoesOnWhenEveryTrialFailsOrIsInfeasible()
    {
        var study = Create([X, Depth, Kind]);
        await RunAsync(
            study,
            trial =>
            {
                trial.SetConstraints(trial.Number + 1);
                return trial.Suggest(X) > 0 ? double.NaN : trial.Suggest(Depth);
            },
            FewTrials);
        Assert.All(study.Trials, trial => Assert.False(trial is { State: TrialState.Completed, IsFeasible: true }));
    }

    [Theory]
    [MemberData(nameof(FiniteSpaceNames))]
    public async Task AFiniteSpaceIsTriedInFullBeforeAnythingIsTriedTwice(string name)
    {
        var space = SamplerCases.FiniteSpaces[name];
        var all = (int)space.Cardinality!.Value;
        var study = Create(space);
        await RunAsync(study, AskForAll.Of(space), all);
        Assert.Equal(all, study.Trials.Select(trial => trial.Parameters.ToString()).Distinct().Count());
        await RunAsync(study, AskForAll.Of(space), 5);
        Assert.Equal(IsExhaustible ? all : all + 5, study.Trials.Count);
    }

    [Fact]
    public async Task ALongStudyComesToItsEnd()
    {
        var study = Create([X, Y, Rate, Depth, Kind, Parameter.Float("z", 0, 1)]);
        await RunAsync(study, trial => Math.Abs(trial.Suggest(X) - 0.3) + Math.Abs(trial.Suggest(Y)) + trial.Suggest(Rate) + trial.Suggest(Depth), LongStudy);
    }

    private static double DefineByRun(ITrial trial)
    {
        var loss = trial.Suggest(X);
        switch (trial.Suggest(Kind))
        {
            case "b":
                return loss + trial.Suggest(Depth);
            case "c":
                return loss + (trial.Suggest(Rate) < 0.01 ? trial.Suggest(Depth) : trial.Suggest(Y));
            default:
                return loss;
        }
    }

    private Study Create(SearchSpace space, ulong seed = 1) => new(new StudyOptions { Space = space, Sampler = CreateSampler(), Seed = seed });

    // Runs it, and sees that it has as many trials as were asked for; fewer only if an exhaustible sampler had nothing left.
    private async Task RunAsync(Study study, Func<ITrial, double[]> objective, int trials)
    {
        var before = study.Trials.Count;
        var summary = await study.RunAsync(
            Objective.From((trial, _) => objective(trial)), new RunOptions { Trials = trials }, TestContext.Current.CancellationToken);
        var begun = study.Trials.Count - before;
        Assert.True(
            begun == trials || (IsExhaustible && begun < trials && summary.Reason.Contains("nothing left", StringComparison.Ordinal)),
            $"A run must begin the {trials} trials that it was asked for, but there are {begun}: {summary.Reason}.");
    }

    private Task RunAsync(Study study, Func<ITrial, double> objective, int trials) => RunAsync(study, trial => new[] { objective(trial) }, trials);
}
