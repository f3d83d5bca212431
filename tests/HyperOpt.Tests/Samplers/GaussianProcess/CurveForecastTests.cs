using HyperOpt.Samplers.GaussianProcess;
using HyperOpt.Spaces;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Samplers.GaussianProcess;

public sealed class CurveForecastTests
{
    private static readonly SearchSpace Line = [Parameter.Float("x", 0, 1)];
    private static readonly ModelOutput Loss = new(false, 0);

    [Fact]
    public void APrunedTrialIsForecastByTheLineThroughThoseThatWentOn()
    {
        // Ends at 0.1 + 0.5 of what it was at step 3, exactly.
        var trials = Enumerable.Range(0, 6).Select(i => Ended(i, 1 + i, 0.1 + 0.5 * (1 + i))).Append(Pruned(6, 3, 9));
        var target = new CurveForecast(TrialHistory.Create(Line, trials), 7, Loss).Of(Pruned(6, 3, 9))!.Value;
        Assert.Equal(TargetKind.Forecast, target.Kind);
        Assert.Equal(4.6, target.Value, 1e-12);
        Assert.Equal(0, target.Spread, 1e-12);
    }

    [Fact]
    public void WhatIsLeftOverIsTheSpread()
    {
        // Residuals ±1 around the line y = x: 4 / (4 - 2).
        Observation[] trials = [Ended(0, 0, 1), Ended(1, 0, -1), Ended(2, 10, 11), Ended(3, 10, 9)];
        var target = new CurveForecast(TrialHistory.Create(Line, trials), 4, Loss).Of(Pruned(4, 3, 5))!.Value;
        Assert.Equal(5, target.Value, 1e-12);
        Assert.Equal(Math.Sqrt(2), target.Spread, 1e-12);
    }

    [Fact]
    public void OnlyTheFirstTrialsAreLearntFrom()
    {
        var history = TrialHistory.Create(Line, Enumerable.Range(0, 8).Select(i => Ended(i, i, i < 4 ? i : 100)));
        Assert.Equal(2, new CurveForecast(history, 4, Loss).Of(Pruned(8, 3, 2))!.Value.Value, 1e-12);
        Assert.NotEqual(2, new CurveForecast(history, 8, Loss).Of(Pruned(8, 3, 2))!.Value.Value, 1e-3);
    }

    [Fact]
    public void WithFewPeersAPrunedTrialIsAtLeastAsBadAsItWas()
    {
        var history = TrialHistory.Create(Line, Enumerable.Range(0, 3).Select(i => Ended(i, i, i)));
        Assert.Equal(new Target(TargetKind.Worse, 7, 0), new CurveForecast(history, 3, Loss).Of(Pruned(3, 3, 7)));
        Assert.Equal(new Target(TargetKind.Worse, 7, 0), new CurveForecast(history, 3, Loss).Of(Pruned(3, 99, 7)));
    }

    [Fact]
    public void WhetherATrialThatDidNotSayWouldHaveBrokenAConstraintIsForecastToo()
    {
        // Those of a low loss break it: by 20 less what it was at step 3.
        Observation[] trials = [.. Enumerable.Range(0, 40).Select(i => Ended(i, i, i) with { Violations = [20 - i] })];
        Target? TaughtBy(Observation last) => new TrainingData(TrialHistory.Create(Line, trials), 40, new ModelOutput(true, 0)).Read(TrialHistory.Create(Line, [.. trials, last]), 40);
        Assert.Equal(15, TaughtBy(Pruned(40, 3, 5))!.Value.Value, 1e-9);
        Assert.Equal(-15, TaughtBy(Pruned(40, 3, 35))!.Value.Value, 1e-9);
        Assert.Equal(new Target(TargetKind.Measured, 3, 0), TaughtBy(Pruned(40, 3, 35) with { Violations = [3] }));
        Assert.Null(TaughtBy(Pruned(40, 99, 35)));
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
