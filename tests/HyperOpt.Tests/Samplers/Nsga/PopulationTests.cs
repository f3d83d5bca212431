using System.Collections.Immutable;
using HyperOpt.Numerics;
using HyperOpt.Samplers;
using HyperOpt.Samplers.Nsga;
using HyperOpt.Spaces;
using HyperOpt.Tests.Support;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Samplers.Nsga;

public sealed class PopulationTests
{
    [Theory]
    [InlineData(NsgaSelection.Automatic)]
    [InlineData(NsgaSelection.Crowding)]
    [InlineData(NsgaSelection.Directions)]
    [InlineData(NsgaSelection.Hypervolume)]
    public void ThereAreNeverTooManyAndNobodyGoesWhoDominatesOneThatStays(NsgaSelection selection) => Law.Holds(LossRows.Small(40), 200, draw =>
    {
        var (population, survival) = (Population.Empty(draw.Objectives), new Survival(selection));
        foreach (var (number, losses) in draw.Rows.Chunk(draw.Objectives).Index())
        {
            var trial = Trial(number, losses);
            var before = population.Members.Add(trial);
            population = population.With(trial, 6, survival);
            Assert.Equal(Math.Min(6, number + 1), population.Members.Length);
            Assert.Equal(Standing.Of(population.Members, ViolationScales.None, draw.Objectives), population.Ranks);
            var gone = before.Except(population.Members).ToArray();
            Assert.DoesNotContain(population.Members, member => gone.Any(other => Pareto.Dominates(other.Losses.AsSpan(), member.Losses.AsSpan())));
        }
    });

    [Fact]
    public void OfAFrontThatOneGoesThatDominatesLeastAlone()
    {
        // Between (0, 10), (4, 4), (5, 3.9) and (10, 0) the third adds 0.1 · 5, the second 1 · 6.
        var population = Of(NsgaSelection.Hypervolume, 3, [0, 10], [4, 4], [5, 3.9], [10, 0]);
        Assert.Equal([0, 1, 3], Numbers(population));
    }

    [Fact]
    public void OfAFrontThatOneGoesThatHasLeastRoom()
    {
        var population = Of(NsgaSelection.Crowding, 4, [0, 10], [2, 8], [3, 7], [6, 3], [10, 0]);
        Assert.Equal([0, 2, 3, 4], Numbers(population)); // 2 has 3 + 3 tenths, 3 has 4 + 5
    }

    [Fact]
    public void OfAFrontThatOneGoesThatSharesItsDirection()
    {
        // Of four members there are three directions up to a half and a half: two members lie near (1, 0, 0).
        var population = Of(NsgaSelection.Directions, 3, [1, 0.1, 0], [0, 1, 0], [0, 0, 1], [0.9, 0, 0.3]);
        Assert.Equal([0, 1, 2], Numbers(population));
    }

    [Fact]
    public void TheFeasibleStandBeforeTheInfeasibleAndThoseBeforeThePruned()
    {
        Observation[] trials =
        [
            Trial(0, [5]), Trial(1, [0], [2, 0]), Trial(2, [0], [0, 30]), Trial(3, [9]), Trial(4, [0], [1, double.NaN]),
            Trial(5, [1]) with { State = TrialState.Pruned, Curve = Curve(3) }, Trial(6, [1]) with { State = TrialState.Pruned, Curve = Curve(7) },
            Trial(7, []) with { State = TrialState.Pruned },
        ];
        var ranks = Standing.Of([.. trials], ViolationScales.Of(trials), 1);
        Assert.Equal([0, 2, 3, 1, 4, 6, 5, 7], ranks.Select(rank => ranks.Count(other => other < rank))); // 1 violates a constraint by twice its mean, 2 the other by three times
    }

    [Fact]
    public void FailedTrialsNeverBreed()
    {
        var population = Population.Empty(1).With(Trial(0, []) with { State = TrialState.Failed }, 5, new Survival(NsgaSelection.Automatic));
        Assert.Empty(population.Members);
    }

    [Fact]
    public void TheScalesOfViolationsAreTheSameInOneGoAndTrialByTrial()
    {
        Observation[] trials = [Trial(0, [1], [2, -1]), Trial(1, [1]), Trial(2, [1], [double.PositiveInfinity, 4, 5]), Trial(3, [1], [4, double.NaN, 0])];
        var (atOnce, oneByOne) = (ViolationScales.Of(trials), trials.Aggregate(ViolationScales.None, (scales, trial) => scales.With(trial)));
        Assert.Equal(atOnce.Sums, oneByOne.Sums);
        Assert.Equal(atOnce.Counts, oneByOne.Counts);
        Assert.Equal([1, 0, double.PositiveInfinity, double.PositiveInfinity], trials.Select(atOnce.Total)); // 2 by a mean of (2 + 4) / 3; -1 is no violation
    }

    [Fact]
    public void HistoriesOfOneTableGetTheirOwnPopulationsInAnyOrder()
    {
        SearchSpace space = [Parameter.Float("x", 0, 1)];
        ImmutableArray<Observation> trials = [.. Enumerable.Range(0, 200).Select(number => Trial(number, [number * 37 % 101, number * 53 % 97]))];
        var table = new ObservationTable(1, 2, row => trials[row]);
        TrialHistory First(ObservationTable rows, int count) => new(space, rows, count, new Lazy<IReadOnlyList<Observation>>(Array.Empty<Observation>()), new PointIndex(_ => []), 0, 1, count, 2);
        foreach (var count in new[] { 50, 51, 30, 200, 180, 199, 20, 200 })
        {
            var warm = PopulationMemo.Of(First(table, count), null, NsgaSelection.Automatic);
            var cold = PopulationMemo.Of(First(new ObservationTable(1, 2, row => trials[row]), count), null, NsgaSelection.Automatic);
            Assert.Equal(Numbers(cold), Numbers(warm));
            Assert.Equal(cold.Ranks, warm.Ranks);
        }
    }

    private static Population Of(NsgaSelection selection, int size, params double[][] losses)
    {
        var survival = new Survival(selection);
        return losses.Select((each, number) => Trial(number, each)).Aggregate(Population.Empty(losses[0].Length), (population, trial) => population.With(trial, size, survival));
    }

    private static IEnumerable<int> Numbers(Population population) => population.Members.Select(member => member.Number);

    private static Observation Trial(int number, double[] losses, params double[] violations) =>
        new() { Number = number, State = TrialState.Completed, Point = [0.5], Losses = [.. losses], Violations = [.. violations] };

    private static LearningCurve Curve(int step)
    {
        var builder = new LearningCurveBuilder(1);
        _ = builder.TryAdd(step, [1]);
        return builder.Snapshot();
    }
}
