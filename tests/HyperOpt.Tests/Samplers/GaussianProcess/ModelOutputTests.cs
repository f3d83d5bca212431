using HyperOpt.Samplers.GaussianProcess;
using HyperOpt.Spaces;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Samplers.GaussianProcess;

/// <summary>What models are taught of trials that did not run to their end.</summary>
public sealed class ModelOutputTests
{
    private static readonly SearchSpace Line = [Parameter.Float("x", 0, 1)];
    private static readonly ModelOutput Loss = new(false, 0);
    private static readonly ModelOutput Constraint = new(true, 0);

    [Fact]
    public void APrunedTrialIsForecastByThoseThatWentOn()
    {
        // Ends at 0.1 + 0.5 of what it was at step 3, exactly.
        var target = Read([.. Enumerable.Range(0, 40).Select(i => Ended(i, 0.1 * i, 0.1 + 0.05 * i)), Pruned(40, 3, 2.5)], 41, Loss)!.Value;
        Assert.Equal(TargetKind.Forecast, target.Kind);
        Assert.InRange(target.Value, 1.3, 1.4);
        Assert.InRange(target.Spread, 0, 0.15);
    }

    [Fact]
    public void TheLessTheStepTellsTheMoreUncertainItIs()
    {
        double SpreadOf(double noise) => Read([.. Enumerable.Range(0, 40).Select(i => Ended(i, i, i + noise * (i % 3 - 1))), Pruned(40, 3, 20)], 41, Loss)!.Value.Spread;
        Assert.InRange(SpreadOf(8), 2 * SpreadOf(1), double.MaxValue);
        Assert.InRange(SpreadOf(8), 4, 16); // the standard deviation of the noise is 6.5
    }

    [Fact]
    public void OnlyTheFirstTrialsAreLearntFrom()
    {
        Observation[] trials = [.. Enumerable.Range(0, 8).Select(i => Ended(i, i, i < 4 ? i : 100)), Pruned(8, 3, 2)];
        Assert.Equal(Read([.. trials[..4], Pruned(4, 3, 2)], 4, Loss), Read(trials, 4, Loss));
        Assert.NotEqual(Read(trials, 8, Loss), Read(trials, 4, Loss));
    }

    [Fact]
    public void WithoutPeersAPrunedTrialIsAtLeastAsBadAsItWas() =>
        Assert.Equal(new Target(TargetKind.Worse, 7, 0), Read([.. Enumerable.Range(0, 3).Select(i => Ended(i, i, i)), Pruned(3, 99, 7)], 4, Loss));

    [Fact]
    public void WhetherAPrunedTrialWouldHaveBrokenAConstraintIsForecastIfItDidNotSay()
    {
        // Those of a low loss break it: by 20 less what it was at step 3.
        Observation[] trials = [.. Enumerable.Range(0, 40).Select(i => Ended(i, i, i) with { Violations = [20 - i] })];
        Assert.InRange(Read([.. trials, Pruned(40, 3, 5)], 41, Constraint)!.Value.Value, 10, 20);
        Assert.InRange(Read([.. trials, Pruned(40, 3, 35)], 41, Constraint)!.Value.Value, -20, -10);
        Assert.Equal(new Target(TargetKind.Measured, 3, 0), Read([.. trials, Pruned(40, 3, 35) with { Violations = [3] }], 41, Constraint));
        Assert.Null(Read([.. trials, Pruned(40, 99, 35)], 41, Constraint));
    }

    // What is taught of the last trial.
    private static Target? Read(Observation[] trials, int count, ModelOutput output)
    {
        var history = TrialHistory.Create(Line, trials);
        return new TrainingData(history, count, output).Read(history, trials.Length - 1);
    }

    private static Observation Ended(int number, double then, double end) => new()
    {
        Number = number,
        State = TrialState.Completed,
        Point = [0.1 * number],
        Losses = [end],
        Curve = LearningCurve.Create((1, then + 1), (3, then), (9, end)),
    };

    private static Observation Pruned(int number, int step, double loss) => new()
    {
        Number = number,
        State = TrialState.Pruned,
        Point = [0.1 * number],
        Losses = [loss],
        Curve = LearningCurve.Create((1, loss + 1), (step, loss)),
    };
}
