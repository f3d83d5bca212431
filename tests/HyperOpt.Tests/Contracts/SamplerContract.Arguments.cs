using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Tests.Support;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Contracts;

/// <content>Whatever the space and the history, the answer is a point of the space.</content>
public abstract partial class SamplerContract
{
    public static TheoryData<string> OddHistories => [.. SamplerHistories.Odd.Keys];

    public static TheoryData<string> SpaceNames => [.. SamplerCases.Spaces.Keys];

    public static TheoryData<string> FiniteSpaceNames => [.. SamplerCases.FiniteSpaces.Keys];

    [Theory]
    [MemberData(nameof(SpaceNames))]
    public void ItProposesPointsOfAnySpace(string name)
    {
        var space = SamplerCases.Spaces[name];
        foreach (var size in new[] { 0, 1, 2, 10 })
        {
            for (var chance = 0UL; chance < 10; chance++)
            {
                _ = Ask(CreateSampler(), space, SamplerHistories.Completed(space, size, seed: chance), chance);
            }
        }
    }

    [Theory]
    [MemberData(nameof(OddHistories))]
    public void ItProposesPointsWhateverHappenedBefore(string name)
    {
        foreach (var space in SamplerCases.Spaces.Values)
        {
            foreach (var objectives in new[] { 1, 2, 3 })
            {
                var history = SamplerHistories.Odd[name](space, objectives);
                var proposal = Ask(CreateSampler(), space, history);
                SamplerLaws.AssertSame(proposal, Ask(CreateSampler(), space, history), $"Where {name}, the same arguments must get the same proposal too.");
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void ItProposesPointsAfterAThousandTrials(int objectives) =>
        Ask(CreateSampler(), SamplerCases.Mixed, SamplerHistories.Mixture(SamplerCases.Mixed, 1_000, objectives));

    [Fact]
    public void ItProposesPointsOfManyAxes()
    {
        SearchSpace space = [.. Enumerable.Range(0, ManyAxes).Select(axis => Parameter.Float($"x{axis}", 0, 1))];
        foreach (var size in new[] { 0, 10, 50 })
        {
            _ = Ask(CreateSampler(), space, SamplerHistories.Completed(space, size));
        }
    }

    [Fact]
    public void InAnEmptySpaceThereIsAlwaysTheEmptyPoint()
    {
        foreach (var size in new[] { 0, 1, 50 })
        {
            var history = SamplerHistories.Completed(SearchSpace.Empty, size);
            var proposal = CreateSampler().Propose(SearchSpace.Empty, history, new LoanedRandom(1));
            Assert.True(
                proposal is { Point: { IsDefault: false, IsEmpty: true } },
                $"An empty space is one that parameters may join: its only point must be proposed again and again, but it was {SamplerLaws.Describe(proposal)}.");
        }
    }

    [Theory]
    [MemberData(nameof(FiniteSpaceNames))]
    public void WhereAllWasTriedItProposesAnythingOrNothing(string name)
    {
        var space = SamplerCases.FiniteSpaces[name];
        var history = TrialHistory.Create(space, SamplerHistories.At(SamplerCases.Enumerate(space)));
        var proposal = Ask(CreateSampler(), space, history);
        Assert.True(
            IsExhaustible == proposal is null,
            $"IsExhaustible is {IsExhaustible}, but where all {history.Count} configurations were tried the proposal was {SamplerLaws.Describe(proposal)}.");
    }

    [Theory]
    [MemberData(nameof(FiniteSpaceNames))]
    public void WhereOneIsLeftAnExhaustibleSamplerProposesIt(string name)
    {
        var space = SamplerCases.FiniteSpaces[name];
        var all = SamplerCases.Enumerate(space);
        foreach (var left in all)
        {
            var history = TrialHistory.Create(space, SamplerHistories.At(all.Where(point => point != left)));
            var proposal = Ask(CreateSampler(), space, history)!;
            Assert.True(
                !IsExhaustible || SamplerCases.Text(space.Normalize(proposal.Point.AsSpan())) == SamplerCases.Text(left),
                $"An exhaustible sampler must propose what is left, {SamplerCases.Text(left)}, but it proposed {SamplerLaws.Describe(proposal)}.");
        }
    }

    [Fact]
    public void ItProposesPointsOfRandomSpacesAfterRandomTrials() => Law.Holds(SamplerScene.Any, RandomCases, scene =>
    {
        var (space, history) = (scene.Space, scene.History);
        var sampler = CreateSampler();
        var proposal = Ask(sampler, space, history, scene.Chance);
        SamplerLaws.AssertSame(proposal, Ask(sampler, space, history, scene.Chance), "Asked again, a sampler must propose the same.");
        SamplerLaws.AssertSame(proposal, Ask(CreateSampler(), space, history, scene.Chance), "A new instance must propose the same.");
    });
}
