using System.Collections.Immutable;
using HyperOpt.Numerics;
using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Tests.Support;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Contracts;

/// <content>The same space, history and random give the same proposal, whatever else happened.</content>
public abstract partial class SamplerContract
{
    private static readonly ImmutableArray<int> Sizes = [0, 1, 2, 10, 60];

    [Fact]
    public void TheSameArgumentsGetTheSameProposalColdAndWarm()
    {
        var warm = CreateSampler();
        foreach (var (space, history) in Scenes())
        {
            var cold = Ask(CreateSampler(), space, history);
            SamplerLaws.AssertSame(cold, Ask(warm, space, history), "A new instance and a used one must propose the same.");
            SamplerLaws.AssertSame(cold, Ask(warm, space, history), "Asked again, a sampler must propose the same.");
        }
    }

    [Fact]
    public void AnEqualHistoryGetsTheSameProposal()
    {
        var sampler = CreateSampler();
        foreach (var size in Sizes)
        {
            var one = Ask(sampler, SamplerCases.Mixed, SamplerHistories.Mixture(SamplerCases.Mixed, size));
            var other = Ask(sampler, SamplerCases.Mixed, SamplerHistories.Mixture(SamplerCases.Mixed, size));
            SamplerLaws.AssertSame(one, other, "Two histories of equal content must get the same proposal.");
        }
    }

    [Fact]
    public void CallsInBetweenChangeNothing()
    {
        var scenes = Scenes().ToArray();
        var sampler = CreateSampler();
        var forwards = scenes.Select(scene => Ask(sampler, scene.Space, scene.History)).ToArray();
        for (var i = scenes.Length - 1; i >= 0; i--)
        {
            _ = Ask(sampler, scenes[i].Space, scenes[i].History, chance: 99);
            SamplerLaws.AssertSame(
                forwards[i], Ask(sampler, scenes[i].Space, scenes[i].History), "Proposals for other spaces, histories and randoms in between must change nothing.");
        }
    }

    [Fact]
    public void SeveralThreadsGetTheProposalsOfOne()
    {
        var scenes = Scenes().ToArray();
        var expected = scenes.Select(scene => Ask(CreateSampler(), scene.Space, scene.History)).ToArray();
        var sampler = CreateSampler();
        var proposals = new Proposal?[4 * scenes.Length];
        Parallel.For(0, proposals.Length, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i =>
        {
            var (space, history) = scenes[i % scenes.Length];
            proposals[i] = sampler.Propose(space, history, new Xoshiro256StarStar(1));
        });
        for (var i = 0; i < proposals.Length; i++)
        {
            SamplerLaws.AssertSame(expected[i % scenes.Length], proposals[i], "Several threads may ask one sampler at once, and must get what one thread gets.");
        }
    }

    [Fact]
    public void TheRandomOfACallIsNotUsedAfterIt()
    {
        var sampler = CreateSampler();
        foreach (var (space, history) in Scenes())
        {
            var loan = new LoanedRandom(1);
            var before = sampler.Propose(space, history, loan);
            loan.IsTakenBack = true;
            SamplerLaws.AssertSame(before, sampler.Propose(space, history, new LoanedRandom(1)), "Chance must come from the random of the call alone.");
        }
    }

    [Fact]
    public void TheHistoryIsLeftAsItWas()
    {
        foreach (var (space, history) in Scenes())
        {
            var before = Content(history);
            _ = Ask(CreateSampler(), space, history);
            Assert.True(before.SequenceEqual(Content(history)), "A history is immutable, but the sampler wrote to its arrays.");
        }
    }

    [Fact]
    public void ResultsMoveTheProposalsOfASamplerThatLearnsAndOfNoOther()
    {
        var moved = 0;
        for (var seed = 1UL; seed <= 20; seed++)
        {
            var history = SamplerHistories.Completed(SamplerCases.Mixed, 60, seed: seed);
            var opposite = TrialHistory.Create(
                SamplerCases.Mixed, history.Finished.Select(trial => trial with { Losses = [-trial.Losses[0]] }), seed: seed);
            var one = Ask(CreateSampler(), SamplerCases.Mixed, history, seed);
            var other = Ask(CreateSampler(), SamplerCases.Mixed, opposite, seed);
            moved += SamplerLaws.Describe(one) == SamplerLaws.Describe(other) ? 0 : 1;
        }

        Assert.True(
            LearnsFromResults == moved > 0,
            $"LearnsFromResults is {LearnsFromResults}, but of 20 proposals {moved} changed when all losses changed their sign.");
    }

    private static IEnumerable<(SearchSpace Space, TrialHistory History)> Scenes() =>
        from size in Sizes
        from space in SamplerCases.Spaces.Values
        where space.Cardinality is null or > 100 || size < 10
        select (space, SamplerHistories.Mixture(space, size, 1, (ulong)size + 1));

    private static long[] Content(TrialHistory history) =>
    [
        .. from trial in history.Finished.Concat(history.Pending)
           from number in (IEnumerable<double>)[trial.Number, .. trial.Point, .. trial.Losses, .. trial.Violations]
           select BitConverter.DoubleToInt64Bits(number),
        .. Enumerable.Range(0, history.Space.Count).SelectMany(axis => history.Coordinates(axis).ToArray()).Select(BitConverter.DoubleToInt64Bits),
        .. history.Losses().ToArray().Select(BitConverter.DoubleToInt64Bits),
    ];
}
