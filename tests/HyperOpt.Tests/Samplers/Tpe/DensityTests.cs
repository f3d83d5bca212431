using HyperOpt.Numerics;
using HyperOpt.Samplers.Tpe;
using HyperOpt.Spaces;
using HyperOpt.Tests.Support;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Samplers.Tpe;

/// <summary>The two densities of a suggestion, against their definition.</summary>
public sealed class DensityTests
{
    private static readonly CategoricalParameter<string> Kind = Parameter.Categorical("kind", "a", "b", "c");

    private static readonly SearchSpace Mixed =
    [
        Parameter.Float("x", 0, 1), Parameter.Float("rate", 1e-5, 1).Log(), Parameter.Int("layers", 1, 5), Parameter.Int("units", 1, 1000).Log(), Kind,
        Parameter.Float("only_a", 0, 1).When(Kind, "a"), Parameter.Ordinal("only_bc", 1, 2, 4, 8).When(Kind, "b", "c"),
    ];

    [Theory]
    [InlineData(12, 0)]
    [InlineData(60, 3)]
    [InlineData(400, 8)]
    public void TheRatioIsThatOfTheDefinition(int trials, int pending)
    {
        var densities = Build(Mixed, trials, pending, out var history);
        var candidates = Draw(densities, 64, 2);
        var scores = new double[candidates.Stride];
        new DensityRatio(densities).Score(candidates, scores);
        double? offset = null;
        for (var i = 0; i < candidates.Count; i++)
        {
            var point = candidates.Point(i);
            var expected = NaiveMixture.LogDensity(history.Space, densities.Good, point) - NaiveMixture.LogDensity(history.Space, densities.Rest, point);
            offset ??= scores[i] - expected;
            Assert.Equal(expected, scores[i] - offset.Value, 1e-9);
        }

        Assert.Equal(0, offset!.Value, 1e-9);
    }

    [Fact]
    public void DrawsFollowTheDensityTheyAreScoredBy()
    {
        // One continuous axis in 20 bins: masses by Simpson's rule over the density. Six standard deviations: fails by chance once in 1e9 runs.
        SearchSpace space = [Parameter.Float("x", 0, 1)];
        var densities = Build(space, 40, 0, out _);
        const int draws = 200_000;
        var counts = new int[20];
        foreach (var x in Draw(densities, draws, 5).Column(0)[..draws])
        {
            counts[Math.Min((int)(x * 20), 19)]++;
        }

        var expected = Enumerable.Range(0, 20).Select(bin => Mass(space, densities.Good, bin / 20.0, (bin + 1) / 20.0)).ToArray();
        var total = expected.Sum();
        PearsonTest.AssertFits(counts, [.. expected.Select(mass => mass / total)]);
    }

    [Fact]
    public void AGoodTrialIsNoKernelOfTheRest()
    {
        var densities = Build(Mixed, 60, 0, out _);
        Assert.Equal(6 + 1, densities.Good.Members.Length); // and the prior
        Assert.Equal(54 + 1, densities.Rest.Members.Length);
    }

    [Fact]
    public void ManyDrawsAtATimeAreThoseOfOneAtATime()
    {
        var densities = Build(Mixed, 60, 2, out _);
        var together = Draw(densities, 40, 7);
        var apart = new Candidates(Mixed.Count, 40);
        var (source, chance) = (new CandidateSource(Mixed, densities.Good), new Xoshiro256StarStar(7));
        for (var i = 0; i < 40; i++)
        {
            source.Draw(apart, i, 1, chance);
            Assert.Equal(together.Point(i), apart.Point(i));
        }
    }

    [Fact]
    public void WhatIsRememberedLeavesNoTrace()
    {
        var (rows, _) = Rows(Mixed, 150);
        var warm = TrialHistory.Create(Mixed, rows);
        for (var count = 20; count < 150; count += 7)
        {
            // Prefixes of one table share a memo; a history of its own is cold.
            var prefix = Prefix(warm, count);
            var cold = TrialHistory.Create(Mixed, rows.Take(count));
            Assert.Equal(Propose(cold), Propose(prefix));
        }

        Assert.Equal(Propose(TrialHistory.Create(Mixed, rows.Take(40))), Propose(Prefix(warm, 40)));
    }

    private static TrialHistory Prefix(TrialHistory history, int count) => new(
        history.Space, history.Table, count, new Lazy<IReadOnlyList<Observation>>([]), new PointIndex(_ => []), 0, 0, count, 1);

    private static double[] Propose(TrialHistory history) => [.. new HyperOpt.Samplers.TpeSampler().Propose(history.Space, history, new Xoshiro256StarStar(3)).Point];

    private static double Mass(SearchSpace space, Densities.Mixture density, double low, double high)
    {
        const int steps = 200;
        var h = (high - low) / steps;
        return Enumerable.Range(0, steps + 1).Sum(i =>
            (i is 0 or steps ? 1 : i % 2 == 1 ? 4 : 2) * h / 3 * Math.Exp(NaiveMixture.LogDensity(space, density, [low + i * h])));
    }

    private static Densities Build(SearchSpace space, int trials, int pending, out TrialHistory history)
    {
        var (rows, running) = Rows(space, trials, pending);
        history = TrialHistory.Create(space, rows, running);
        var memo = TpeMemo.For(history);
        Assert.True(memo.TryCatchUp(history));
        return Densities.Build(history, memo, TpeSplit.Of(history, memo));
    }

    private static (Observation[] Rows, Observation[] Pending) Rows(SearchSpace space, int trials, int pending = 0)
    {
        var chance = new Xoshiro256StarStar(11);
        Observation Make(int number, bool ended)
        {
            var point = space.Normalize([.. Enumerable.Range(0, space.Count).Select(_ => chance.NextDouble())]);
            return new Observation
            {
                Number = number,
                State = ended ? TrialState.Completed : TrialState.Running,
                Point = point,
                Losses = ended ? [point.Where(unit => !double.IsNaN(unit)).Sum(unit => (unit - 0.3) * (unit - 0.3))] : [],
            };
        }

        return ([.. Enumerable.Range(0, trials).Select(number => Make(number, true))], [.. Enumerable.Range(trials, pending).Select(number => Make(number, false))]);
    }

    private static Candidates Draw(Densities densities, int count, ulong seed)
    {
        var candidates = new Candidates(densities.Space.Count, count);
        new CandidateSource(densities.Space, densities.Good).Draw(candidates, 0, count, new Xoshiro256StarStar(seed));
        return candidates;
    }
}
