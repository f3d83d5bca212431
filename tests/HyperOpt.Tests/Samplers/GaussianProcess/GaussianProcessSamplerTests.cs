using System.Collections.Immutable;
using HyperOpt.Numerics;
using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Tests.Contracts;
using HyperOpt.Tests.Support;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Samplers.GaussianProcess;

public sealed class GaussianProcessSamplerTests
{
    private static readonly SearchSpace Line = [Parameter.Float("x", 0, 1)];

    [Fact]
    public void TheFirstTrialIsTheCentreAndTheNextAreQuasiRandom()
    {
        var sampler = new GaussianProcessSampler();
        var first = Propose(sampler, Line, TrialHistory.Create(Line, []));
        Assert.Equal([0.5], first.Point);
        Assert.Equal("initial design: centre of the space", first.Reason?.Strategy);
        var history = TrialHistory.Create(Line, [Completed(0, 0.5, 1)], seed: 5);
        Assert.Equal(new QuasiRandomSampler().Propose(Line, history, new Xoshiro256StarStar(1)).Point, Propose(sampler, Line, history).Point);
    }

    [Fact]
    public void AProposalSaysWhatItRestsOn()
    {
        var reason = Propose(new GaussianProcessSampler(), Line, Valley(12)).Reason!;
        Assert.Equal("log expected improvement", reason.Strategy);
        Assert.Contains("12 trials", reason.Model, StringComparison.Ordinal);
        Assert.NotNull(reason.Acquisition);
        Assert.InRange(reason.Mean!.Value, -0.2, 0.2);
        Assert.InRange(reason.Spread!.Value, 0, 0.5);
        Assert.Null(reason.Fallback);
    }

    [Fact]
    public void EveryFourthProposalIsOfAnOptimisticBound()
    {
        string[] strategies = [.. Enumerable.Range(12, 8).Select(count => Propose(new GaussianProcessSampler(), Line, Valley(count)).Reason!.Strategy)];
        Assert.Equal(2, strategies.Count(strategy => strategy == "lower confidence bound"));
        Assert.Equal(6, strategies.Count(strategy => strategy == "log expected improvement"));
    }

    [Fact]
    public void WhereTooFewTrialsTaughtItSaysSo()
    {
        var history = TrialHistory.Create(Line, Enumerable.Range(0, 9).Select(number => Completed(number, 0.1 * number, 0) with { State = TrialState.Failed, Losses = [] }));
        Assert.Equal("Of 9 trials only 0 ended with a loss to learn from.", Propose(new GaussianProcessSampler(), Line, history).Reason!.Fallback);
    }

    [Fact]
    public void WhereNothingIsLeftToTryItSaysSo()
    {
        SearchSpace space = [Parameter.Bool("a"), Parameter.Bool("b")];
        var history = TrialHistory.Create(space, SamplerHistories.At(SamplerCases.Enumerate(space)));
        Assert.Contains("was tried", Propose(new GaussianProcessSampler { StartupTrials = 2 }, space, history).Reason!.Fallback, StringComparison.Ordinal);
    }

    [Fact]
    public void ItBelievesWhatItSawAndIsUnsureElsewhere()
    {
        var history = Valley(12);
        var sampler = new GaussianProcessSampler();
        var beliefs = sampler.Believe(Line, history, history.Finished.Select(trial => trial.Point).Append([0.05]));
        for (var i = 0; i < 12; i++)
        {
            Assert.Equal(history.Finished[i].Losses[0], beliefs[i].Median, 0.02);
            Assert.True(beliefs[i].High - beliefs[i].Low < 0.2);
        }

        Assert.All(beliefs, belief => Assert.True(belief.Low <= belief.Median && belief.Median <= belief.High));
        var proposal = Propose(sampler, Line, history);
        Assert.All(sampler.Believe(Line, history, [.. Enumerable.Range(0, 101).Select(i => (ImmutableArray<double>)[i / 100.0])]),
            belief => Assert.True(belief.Acquisition <= proposal.Reason!.Acquisition + 1e-6, "No point of a grid may be better than the proposal."));
        Assert.Empty(sampler.Believe(Line, TrialHistory.Create(Line, []), [0.5]));
    }

    [Fact]
    public void PointsUnderWayAreKeptAwayFrom()
    {
        var history = TrialHistory.Create(Line, Enumerable.Range(0, 6).Select(number => Completed(number, number / 5.0, Math.Sin(1.8 * number))));
        var alone = Propose(new GaussianProcessSampler(), Line, history);
        var running = new Observation { Number = 7, State = TrialState.Running, Point = alone.Point }; // so that the next is no optimistic bound either
        var together = Propose(new GaussianProcessSampler(), Line, TrialHistory.Create(Line, history.Finished, [running]));
        Assert.Equal(alone.Reason!.Strategy, together.Reason!.Strategy);
        Assert.True(Math.Abs(together.Point[0] - alone.Point[0]) > 1e-2, $"{together.Point[0]} and {alone.Point[0]}");
    }

    [Fact]
    public void WhereAllIsKnownItStillTriesNoPointTwice()
    {
        var history = Valley(12);
        var best = Propose(new GaussianProcessSampler(), Line, history);
        var again = TrialHistory.Create(Line, [.. history.Finished, Completed(15, best.Point[0], 0)]);
        Assert.True(Math.Abs(Propose(new GaussianProcessSampler(), Line, again).Point[0] - best.Point[0]) > 1e-6);
    }

    [Fact]
    public void WhatFailedIsNotTriedAgain()
    {
        // The loss falls to the right, but beyond 0.6 all fails.
        var history = TrialHistory.Create(Line, Enumerable.Range(0, 20).Select(number => number / 20.0 < 0.6
            ? Completed(number, number / 20.0, -number)
            : Completed(number, number / 20.0, 0) with { State = TrialState.Failed, Losses = [] }));
        Assert.InRange(Propose(new GaussianProcessSampler(), Line, history).Point[0], 0.45, 0.65);
    }

    [Fact]
    public void ConstraintsKeepItWhereTheyHold()
    {
        // The loss falls to the right, but beyond 0.6 the constraint is violated.
        var history = TrialHistory.Create(Line, Enumerable.Range(0, 16).Select(number => Completed(number, number / 15.0, -number) with { Violations = [number / 15.0 - 0.6] }));
        var proposal = Propose(new GaussianProcessSampler(), Line, history);
        Assert.InRange(proposal.Point[0], 0.5, 0.65);
        Assert.Equal("log expected improvement, constrained", proposal.Reason!.Strategy);
    }

    [Fact]
    public void ConstraintsThatComeLateAreModelledFromThenOn()
    {
        var x = Parameter.Float("x", 0, 1);
        var study = new Study(new StudyOptions { Space = [x], Sampler = new GaussianProcessSampler(), Seed = 2 });
        study.Optimize(
            trial =>
            {
                if (trial.Number >= 22)
                {
                    trial.SetConstraints(0.5 - trial.Suggest(x));
                }

                return trial.Suggest(x);
            },
            trials: 45);
        Assert.DoesNotContain("constrained", study.Trials[22].Reason!.Strategy, StringComparison.Ordinal);
        Assert.Contains("constrained", study.Trials[23].Reason!.Strategy, StringComparison.Ordinal);
        Assert.Contains("constrained", study.Trials[44].Reason!.Strategy, StringComparison.Ordinal);
    }

    [Fact]
    public void AfterAHundredTrialsAColdCallProposesToTheLastBitWhatAWarmOneDoes()
    {
        var kind = Parameter.Categorical("kind", "a", "b");
        var rate = Parameter.Float("rate", 1e-3, 1).Log().When(kind, "a");
        var x = Parameter.Float("x", -1, 1);
        var (warm, compared) = (new GaussianProcessSampler(), 0);
        var study = new Study(new StudyOptions
        {
            Space = [kind, rate, x],
            Sampler = new DelegateSampler((space, history, _) =>
            {
                var proposal = Propose(warm, space, history);
                if (history.Number % 9 == 8)
                {
                    var cold = Propose(new GaussianProcessSampler(), space, TrialHistory.Create(space, history.Finished, history.Pending, history.Seed));
                    SamplerLaws.AssertSame(cold, proposal, $"Trial {history.Number}, cold and warm.");
                    Assert.Equal(cold.Reason, proposal.Reason);
                    compared++;
                }

                return proposal;
            }),
        });
        study.Optimize(
            trial => trial.Suggest(x) + (trial.Suggest(kind) == "a" ? Math.Abs(Math.Log10(trial.Suggest(rate)) + 1) : 0.3) + 0.05 * Math.Sin(trial.Number),
            trials: 100);
        Assert.Equal(11, compared);
    }

    [Fact]
    public void ANumberOfStartupTrialsIsPositive() =>
        Assert.StartsWith("1 <= StartupTrials must hold", Assert.Throws<ArgumentOutOfRangeException>(() => new GaussianProcessSampler { StartupTrials = 0 }).Message, StringComparison.Ordinal);

    private static Proposal Propose(GaussianProcessSampler sampler, SearchSpace space, TrialHistory history) => sampler.Propose(space, history, new Xoshiro256StarStar(1));

    private static TrialHistory Valley(int count) => TrialHistory.Create(Line, Enumerable.Range(0, count).Select(number =>
    {
        var x = (number * 0.618034 + 0.3) % 1;
        return Completed(number, x, 4 * (x - 0.42) * (x - 0.42));
    }));

    private static Observation Completed(int number, double x, double loss) => new() { Number = number, State = TrialState.Completed, Point = [x], Losses = [loss] };
}
