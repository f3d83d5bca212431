using HyperOpt.Numerics;
using HyperOpt.Samplers.Tpe;
using HyperOpt.Spaces;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Samplers.Tpe;

/// <summary>Which trials count as better.</summary>
public sealed class LossOrderTests
{
    private static readonly SearchSpace Line = [Parameter.Float("x", 0, 1)];

    [Fact]
    public void APrunedTrialStandsWhereItWouldHaveEnded()
    {
        // Completed trials fall from 10 i to i, i = 0 to 39. One given up at 52 would have ended near 5.2, one at 301 near 30.
        var rows = Enumerable.Range(0, 40).Select(i => Completed(i, 10 * i, i)).Append(Pruned(40, 52)).Append(Pruned(41, 301)).ToArray();
        var order = OrderOf(TrialHistory.Create(Line, rows));
        Assert.InRange(order.IndexOf(40), 4, 8);
        Assert.InRange(order.IndexOf(41), 27, 35);
        Assert.Equal(Enumerable.Range(0, 40), order.Where(row => row < 40));
    }

    [Fact]
    public void WhereNothingCanBeForecastThePrunedComeAfterTheCompleted()
    {
        // No completed trial reported step 5, and none reported anything but NaN at step 7.
        Observation[] rows =
        [
            Pruned(0, 1, step: 5), Pruned(1, 2, step: 5), Pruned(2, 9, step: 6), Pruned(3, double.NaN, step: 7), Pruned(4, double.PositiveInfinity, step: 0),
            Completed(5, 3, 3), Completed(6, 2, 2),
            new Observation { Number = 7, State = TrialState.Failed, Point = [0.5] },
        ];
        Assert.Equal([6, 5, 3, 2, 0, 1, 4], OrderOf(TrialHistory.Create(Line, rows)));
    }

    [Fact]
    public void InfeasibleTrialsComeLastWhateverTheyWouldHaveEndedWith()
    {
        Observation[] rows = [Completed(0, 3, 3), Completed(1, 2, 2), Pruned(2, 0) with { Violations = [1] }, Completed(3, 1, 1) with { Violations = [2] }];
        Assert.Equal([1, 0, 2, 3], OrderOf(TrialHistory.Create(Line, rows)));
    }

    [Fact]
    public void APrunedTrialThatMostLikelyWouldHaveBrokenAConstraintComesBeforeThoseThatDid()
    {
        // The ten best at step 0 break it, the rest do not.
        var rows = Enumerable.Range(0, 40).Select(i => Completed(i, i, i) with { Violations = [10 - i] }).Append(Pruned(40, 1)).Append(Pruned(41, 20.5)).ToArray();
        var order = OrderOf(TrialHistory.Create(Line, rows));
        Assert.Equal(31, order.IndexOf(40)); // behind 30 that hold it, and the other pruned one
        Assert.InRange(order.IndexOf(41), 9, 12);
        Assert.Equal([9, 8, 7], order.Skip(32).Take(3));
    }

    [Fact]
    public void WhatIsRememberedOfPrunedTrialsLeavesNoTrace()
    {
        var chance = new Xoshiro256StarStar(4);
        var rows = Enumerable.Range(0, 120).Select(i => i % 3 == 0 ? Completed(i, chance.NextDouble(), chance.NextDouble()) : Pruned(i, chance.NextDouble())).ToArray();
        var kept = new LossOrder();
        for (var (before, count) = (0, 1); count <= 120; (before, count) = (count, count + 1 + chance.Next(9)))
        {
            var history = TrialHistory.Create(Line, rows.Take(count));
            kept.Add(history, before);
            Assert.Equal(OrderOf(history), Enumerable.Range(0, kept.Count).Select(kept.RowAt));
        }
    }

    private static List<int> OrderOf(TrialHistory history)
    {
        var order = new LossOrder();
        order.Add(history, 0);
        return [.. Enumerable.Range(0, order.Count).Select(order.RowAt)];
    }

    private static Observation Completed(int number, double first, double last) => new()
    {
        Number = number,
        State = TrialState.Completed,
        Point = [0.5],
        Losses = [last],
        Curve = LearningCurve.Create((0, first), (1, last)),
    };

    private static Observation Pruned(int number, double loss, int step = 0) => new()
    {
        Number = number,
        State = TrialState.Pruned,
        Point = [0.5],
        Losses = double.IsNaN(loss) ? [] : [loss],
        Curve = LearningCurve.Create((step, loss)),
    };
}
