using HyperOpt.Samplers;
using HyperOpt.Samplers.CmaEs;
using HyperOpt.Spaces;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Samplers.CmaEs;

/// <summary>What the strategy makes of trials, wherever they come from.</summary>
public sealed class SearchFoldTests
{
    private static readonly CmaEsSettings Eight = CmaScene.Plain with { Population = 8 };

    private static readonly CategoricalParameter<string> Kind = Parameter.Categorical("kind", "a", "b");

    private static readonly SearchAxes Conditional = new([Parameter.Float("x", 0, 1), Kind, Parameter.Float("y", 0, 1).When(Kind, "b")]);

    [Fact]
    public void AsManyTrialsAsThePopulationAreAnUpdate()
    {
        var fold = new SearchFold(new SearchAxes(CmaScene.Floats(5)), Eight, 1, []);
        var updates = Enumerable.Range(0, 40).Where(number => fold.Take(CmaScene.Completed(number, CmaScene.Uniform(5, (ulong)number), number))).ToArray();
        Assert.Equal([7, 15, 23, 31, 39], updates);
    }

    [Fact]
    public void ATrialOfAnotherSamplerFarAwayDrawsTheMeanNoFurtherThanAStepMay()
    {
        // Seven trials near the mean, and the best of all in a corner.
        var fold = new SearchFold(new SearchAxes(CmaScene.Floats(5)), Eight with { Sigma = 0.01 }, 1, []);
        var before = fold.State.Gaussian!;
        for (var number = 0; number < 8; number++)
        {
            fold.Take(CmaScene.Completed(number, Enumerable.Repeat(number == 0 ? 1.0 : 0.5 + 0.001 * number, 5), number));
        }

        var constants = fold.State.Constants;
        var moved = fold.State.Gaussian!.Mean[0] - before.Mean[0];
        Assert.InRange(moved, 0.01 * constants.Weights[0] * constants.LongestStep / Math.Sqrt(5), 0.01 * constants.LongestStep / Math.Sqrt(5));
    }

    [Fact]
    public void TrialsOfEqualLossesMoveTheMeanToTheirMiddle()
    {
        var fold = new SearchFold(new SearchAxes(CmaScene.Floats(5)), Eight, 1, []);
        double[][] points = [.. Enumerable.Range(0, 8).Select(number => CmaScene.Uniform(5, (ulong)number).Select(u => 0.4 + 0.2 * u).ToArray())];
        for (var number = 0; number < 8; number++)
        {
            fold.Take(CmaScene.Completed(number, points[number], 1));
        }

        for (var j = 0; j < 5; j++)
        {
            Assert.Equal(points.Average(point => point[j]), fold.State.Gaussian!.Mean[j], 1e-12);
        }
    }

    [Fact]
    public void FailedPrunedAndInfeasibleTrialsRankBehindCompletedOnesInTurn()
    {
        Observation Trial(int number, TrialState state, double[] losses, double violation, params (int Step, double Loss)[] curve) => new()
        {
            Number = number,
            State = state,
            Point = [0.5],
            Losses = [.. losses],
            Violations = [violation],
            Curve = LearningCurve.Create(curve),
        };

        Observation[] trials =
        [
            Trial(0, TrialState.Failed, [], -1),
            Trial(1, TrialState.Completed, [1], 2),
            Trial(2, TrialState.Completed, [7], 1),
            Trial(3, TrialState.Pruned, [3], -1, (1, 3)),
            Trial(4, TrialState.Pruned, [5], -1, (1, 2), (2, 5)),
            Trial(5, TrialState.Pruned, [4], -1, (1, 2), (2, 4)),
            Trial(6, TrialState.Completed, [9], -1),
            Trial(7, TrialState.Completed, [8], 0),
        ];
        Assert.Equal([7, 6, 5, 4, 3, 2, 1, 0], Selection.Of(new StrategyConstants(1, 8, false), trials, ViolationScales.Of(trials)).Order);
    }

    [Fact]
    public void WithSeveralObjectivesFrontsGoFirst()
    {
        double[][] losses = [[3, 3], [0, 1], [1, 0], [2, 2], [0.4, 0.4], [4, 4]];
        Observation[] trials = [.. losses.Select((loss, number) => new Observation { Number = number, State = TrialState.Completed, Point = [0.5], Losses = [.. loss] })];
        var order = Selection.Of(new StrategyConstants(1, 6, false), trials, ViolationScales.None).Order;
        Assert.Equal(4, order[0]); // dominates most
        Assert.Equal([3, 0, 5], order[3..]);
    }

    [Fact]
    public void AnInactiveAxisMovesNothingOnAverage()
    {
        // The mean of 400 updates from the same state; each draws y for seven trials of eight with weights whose squares add up to 1 / mass.
        // Six standard errors: fails by chance once in 1e9 runs.
        const int runs = 400;
        var (sum, square, mass) = (0.0, 0.0, 0.0);
        for (var run = 0; run < runs; run++)
        {
            var fold = new SearchFold(Conditional, Eight, (ulong)run, []);
            var mean = fold.State.Gaussian!.Mean[1];
            for (var number = 0; number < 8; number++)
            {
                fold.Take(CmaScene.Completed(number, [0.4 + 0.02 * number, 0.25, double.NaN], number));
            }

            var step = (fold.State.Gaussian!.Mean[1] - mean) * 6; // in sigmas
            (sum, square, mass) = (sum + step, square + step * step, fold.State.Constants.ParentsMass);
        }

        Assert.InRange(sum / runs, -6 / Math.Sqrt(mass * runs), 6 / Math.Sqrt(mass * runs));
        Assert.InRange(square / runs * mass, 1 - 6 * Math.Sqrt(2.0 / runs), 1 + 6 * Math.Sqrt(2.0 / runs)); // and as far as a draw would
    }

    [Fact]
    public void ASearchThatHasConvergedBeginsAnewElsewhereWithTwiceThePopulation()
    {
        var fold = CmaScene.Fed(3, 12, CmaScene.Plain with { Restarts = CmaEsRestarts.Ipop });
        var number = 100;
        while (fold.State.Regime.Number == 0 && number < 5000)
        {
            fold.Take(CmaScene.Completed(number++, [.. fold.State.Gaussian!.Mean.Take(3)], 1)); // nothing but equal losses
        }

        Assert.Equal((1, 14, 1.0 / 6), (fold.State.Regime.Number, fold.State.Regime.Population, fold.State.Gaussian!.Sigma));
        Assert.Contains(fold.State.Gaussian.Mean.Take(3), coordinate => Math.Abs(coordinate - 0.5) > 0.05);
    }

    [Fact]
    public void BipopSpendsAsMuchOnSmallPopulationsAsOnLargeOnes()
    {
        var plan = new RestartPlan(CmaEsRestarts.Bipop, 10, 0.2, 1);
        var (large, small) = (0L, 0L);
        var regime = plan.First;
        for (var restart = 0; restart < 40; restart++)
        {
            var trials = Math.Min(50 * regime.Population, regime.Limit);
            (large, small) = regime.IsSmall ? (large, small + trials) : regime.Number > 0 ? (large + trials, small) : (large, small);
            regime = plan.After(regime, trials);
            Assert.Equal(restart + 1, regime.Number);
            Assert.True(regime.IsSmall ? regime.Population >= 5 && regime.Sigma is <= 0.2 and >= 0.002 : regime.Sigma == 0.2);
        }

        Assert.InRange((double)small / large, 0.3, 1.5);
    }

    [Fact]
    public void AfterARestartTheTrialsThatTheOldSearchHadUnderWayDoNotDrawItBack()
    {
        var fold = CmaScene.Fed(3, 12, CmaScene.Plain with { Restarts = CmaEsRestarts.Ipop });
        double[] old = [];
        for (var number = 100; fold.State.Regime.Number == 0; number++)
        {
            old = [.. fold.State.Gaussian!.Mean.Take(3)];
            fold.Take(CmaScene.Completed(number, old, 1));
        }

        Assert.DoesNotContain(true, Enumerable.Range(5000, 30).Select(number => fold.Take(CmaScene.Completed(number, old, 0))));
        Assert.Equal(0, fold.State.Gaussian!.Generation);
    }
}
