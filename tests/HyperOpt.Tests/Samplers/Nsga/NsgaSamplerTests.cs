using HyperOpt.Numerics;
using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Tests.Contracts;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Samplers.Nsga;

public sealed class NsgaSamplerTests
{
    private static readonly FloatParameter X = Parameter.Float("x", 0, 1);
    private static readonly IntParameter N = Parameter.Int("n", 0, 9);

    [Fact]
    public void ItSaysWhoseChildAProposalIs()
    {
        var history = SamplerHistories.Completed([X, N], 100);
        var reason = new NsgaSampler().Propose([X, N], history, new Xoshiro256StarStar(1)).Reason!;
        Assert.Matches("^child of trials [0-9]+ and [0-9]+$", reason.Strategy);
        Assert.Matches("^population of 12 after 100 trials, [0-9]+ in the first front$", reason.Model);
        Assert.Null(reason.Fallback);
    }

    [Fact]
    public void ItBeginsWithTheQuasiRandomPoints()
    {
        SearchSpace space = [X, Parameter.Float("y", 0, 1)];
        for (var size = 0; size < 16; size++)
        {
            var history = SamplerHistories.Completed(space, size);
            var expected = new QuasiRandomSampler().Propose(space, history, new Xoshiro256StarStar(1));
            Assert.Equal(expected.Point, new NsgaSampler().Propose(space, history, new Xoshiro256StarStar(1)).Point);
        }
    }

    [Fact]
    public void WithoutParentsItSaysSo()
    {
        var failed = Enumerable.Range(0, 30).Select(number => new Observation { Number = number, State = TrialState.Failed, Point = [0.5] });
        var reason = new NsgaSampler().Propose([X], TrialHistory.Create([X], failed), new Xoshiro256StarStar(1)).Reason!;
        Assert.Contains("Of 30 trials only 0", reason.Fallback, StringComparison.Ordinal);
    }

    [Fact]
    public void NothingIsTriedTwice()
    {
        var choice = Parameter.Categorical("c", "p", "q", "r");
        using var study = new Study(new StudyOptions
        {
            Space = [N, choice, X],
            Directions = [Direction.Minimize, Direction.Minimize],
            Sampler = new NsgaSampler(),
            Seed = 3,
        });
        study.Optimize(trial => new[] { trial.Suggest(N), trial.Suggest(choice).Length - trial.Suggest(N) - Math.Round(trial.Suggest(X)) }, 400);
        Assert.Equal(400, study.Trials.Select(trial => trial.Parameters.ToString()).Distinct().Count());
    }

    // Of the square a strip of a thousandth is allowed, which the first 16 points miss or hit once.
    [Fact]
    public void ChildrenOfANarrowStripAreBroughtBackIntoIt()
    {
        var y = Parameter.Float("y", 0, 1);
        var (strip, proposals) = (SearchSpace.Create(X, y).Require(values => Math.Abs(values.Get(X) - 0.5) < 0.0005), 0);
        var random = new Xoshiro256StarStar(5);
        var parents = Enumerable.Range(0, 20).Select(number => new Observation { Number = number, State = TrialState.Completed, Point = [0.5, number / 20.0], Losses = [number] });
        var history = TrialHistory.Create(strip, parents);
        for (var i = 0; i < 50; i++)
        {
            proposals += strip.IsFeasible(new NsgaSampler().Propose(strip, history, random).Point.AsSpan()) ? 1 : 0;
        }

        Assert.Equal(50, proposals);
    }

    [Fact]
    public void SettingsAreChecked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new NsgaSampler { PopulationSize = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new NsgaSampler { CrossoverProbability = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new NsgaSampler { CrossoverIndex = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new NsgaSampler { MutationIndex = double.PositiveInfinity });
        Assert.Null(new NsgaSampler { PopulationSize = null }.PopulationSize);
    }
}
