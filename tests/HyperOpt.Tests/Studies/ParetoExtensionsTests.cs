using System.Collections.Immutable;
using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Studies;

public sealed class ParetoExtensionsTests
{
    private static readonly FloatParameter X = Parameter.Float("x", 0, 10);
    private static readonly FloatParameter Y = Parameter.Float("y", 0, 10);

    // Minimize the first value, maximize the second.
    private static readonly (double, double)[] Values = [(4, 6), (2, 4), (5, 5), (1, 1), (2, 4), (8, 9), (0, 10), (3, 7)];

    [Fact]
    public void TheFrontsFollowOneAnotherInTheStudysOwnDirections()
    {
        var fronts = Study().ParetoFronts();
        Assert.Equal([[1, 3, 4, 5, 7], [0], [2]], fronts.Select(front => front.Select(trial => trial.Number)));
        Assert.Equal(Study().ParetoFront.Select(trial => trial.Number), fronts[0].Select(trial => trial.Number));
    }

    // Up to (10, 0): by hand, strip by strip, 1·1 + 1·4 + 5·7 + 2·9.
    [Fact]
    public void TheHypervolumeIsThatOfTheCompletedFeasibleTrials() => Assert.Equal(58, Study().Hypervolume(10, 0));

    [Fact]
    public void TheHistoryOfTheHypervolumeEndsWithIt()
    {
        var study = Study();
        var history = study.HypervolumeHistory(10, 0);
        Assert.Equal(study.Trials.Count, history.Length);
        Assert.Equal([36, 44, 44, 45, 45, 51, 51, 58], history);
    }

    [Fact]
    public void DistancesAreMeasuredInWhatIsWorseOnly()
    {
        var study = Study();
        Assert.Equal(0, study.DistanceTo([[2, 4], [4, 6], [9, 1]]));
        Assert.Equal((5 + 0) / 2.0, study.DistanceTo([[0, 11], [3, 7]])); // from (3, 7): 3 and 4
        Assert.Equal(double.PositiveInfinity, Empty().DistanceTo([[0, 0]]));
    }

    [Fact]
    public void EpsilonIsTheShiftThatIsNeededEverywhere()
    {
        var study = Study();
        Assert.Equal(4, study.EpsilonTo([[0, 11], [3, 7]]));
        Assert.Equal(-1, study.EpsilonTo([[4, 6]]));
        Assert.Equal(double.PositiveInfinity, Empty().EpsilonTo([[0, 0]]));
    }

    [Fact]
    public void WhatDoesNotFitTheObjectivesIsRefused()
    {
        var study = Study();
        Assert.Contains("1 for 2", Assert.Throws<ArgumentException>(() => study.Hypervolume(1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => study.HypervolumeHistory(1, double.NaN));
        Assert.Throws<ArgumentException>(() => study.DistanceTo([]));
        Assert.Throws<ArgumentException>(() => study.EpsilonTo([[1, 2, 3]]));
        Assert.Equal(double.PositiveInfinity, study.Hypervolume(double.PositiveInfinity, 0));
    }

    [Fact]
    public void AStudyOfOneObjectiveHasFrontsAndAVolumeToo()
    {
        using var study = new Study(new StudyOptions { Space = [X], Sampler = new RandomSampler() });
        study.Optimize(trial => (double)(trial.Number / 2), 5);
        Assert.Equal([[0, 1], [2, 3], [4]], study.ParetoFronts().Select(front => front.Select(trial => trial.Number)));
        Assert.Equal([7, 7, 7, 7, 7], study.HypervolumeHistory(7));
    }

    private static Study Empty() => new(new StudyOptions { Space = [X, Y], Directions = [Direction.Minimize, Direction.Maximize], Sampler = new RandomSampler() });

    // Trial 6 would be the best, but is infeasible.
    private static Study Study()
    {
        var study = Empty();
        foreach (var (x, y) in Values)
        {
            study.Enqueue(X.Is(x), Y.Is(y));
        }

        study.Optimize(
            trial =>
            {
                trial.SetConstraints(trial.Number == 6 ? 1 : 0);
                return new[] { trial.Suggest(X), trial.Suggest(Y) };
            },
            Values.Length);
        return study;
    }
}
