using HyperOpt.Numerics;
using HyperOpt.Tests.Support;
using Xunit;

namespace HyperOpt.Tests.Numerics;

public sealed class ParetoTests
{
    [Fact]
    public void TheRanksAreThoseOfFrontsPeeledOneAfterTheOther() => Law.Holds(LossRows.Small(40), 1_000, draw =>
        Assert.Equal(Peeled(draw.Rows, draw.Objectives), Pareto.Ranks(draw.Rows, draw.Objectives)));

    [Fact]
    public void TheFrontIsWhatNothingDominates() => Law.Holds(LossRows.Small(40), 1_000, draw =>
    {
        var peeled = Peeled(draw.Rows, draw.Objectives);
        Assert.Equal(Enumerable.Range(0, peeled.Length).Where(row => peeled[row] == 0), Pareto.Front(draw.Rows, draw.Objectives));
    });

    [Fact]
    public void InfiniteLossesAreLossesLikeOthers() => Law.Holds(LossRows.Small(30), 500, draw =>
    {
        double[] rows = [.. draw.Rows.Select(loss => loss switch { 0 => double.NegativeInfinity, 4 => double.PositiveInfinity, _ => loss })];
        Assert.Equal(Pareto.Ranks(draw.Rows, draw.Objectives), Pareto.Ranks(rows, draw.Objectives));
    });

    /// <summary>Sums of rank times place from Optuna 5's _fast_non_domination_rank (commit 1d8ce7bb) on the same vectors.</summary>
    [Theory]
    [InlineData(2, 500, 22, 1198428)]
    [InlineData(3, 300, 5, 97930)]
    [InlineData(4, 100, 3, 3872)]
    [InlineData(5, 60, 2, 489)]
    [InlineData(6, 40, 1, 125)]
    public void TheRanksAreThoseOfOptuna(int objectives, int count, int most, int sum)
    {
        var ranks = Pareto.Ranks(LossRows.Weyl(count, objectives), objectives);
        Assert.Equal((most, sum), (ranks.Max(), ranks.Select((rank, row) => rank * (row + 1)).Sum()));
    }

    [Fact]
    public void EachValueOfADistinctFrontStandsOnceTheEarliest() =>
        Assert.Equal([0, 2], Pareto.Front([[1, 2], [1, 2], [2, 1], [2, 2], [2, 1]], isDistinct: true));

    /// <summary>The figures of pymoo 0.6.2's calc_crowding_distance on the third front of 60 vectors, times the two objectives that it divides by.</summary>
    [Fact]
    public void TheCrowdingDistanceIsThatOfPymoo()
    {
        var rows = LossRows.Weyl(60, 2);
        var ranks = Pareto.Ranks(rows, 2);
        var room = CrowdingDistance.Of(LossRows.Take(rows, 2, Enumerable.Range(0, 60).Where(row => ranks[row] == 2)), 2);
        double[] expected = [0.42704737, double.PositiveInfinity, 0.75836179, 0.85409473, 0.79786563, 0.66262882, double.PositiveInfinity, 0.38754351];
        Assert.All(expected.Zip(room), pair => Assert.Equal(pair.First, pair.Second, 1e-7));
    }

    [Fact]
    public void WhereNothingVariesNothingIsCrowdedOrFree() =>
        Assert.Equal([double.PositiveInfinity, 1, double.PositiveInfinity], CrowdingDistance.Of([0, 7, 1, 7, 2, 7], 2));

    [Theory]
    [InlineData(3, 91, 91)]
    [InlineData(3, 100, 91)]
    [InlineData(4, 100, 84)]
    [InlineData(5, 100, 70)]
    [InlineData(8, 200, 156)] // 120 outside and 36 inside, as in Deb and Jain's table 1
    [InlineData(2, 1, 2)]
    public void ThereAreAsManyDirectionsAsFit(int objectives, int most, int expected)
    {
        var rows = ReferenceDirections.UpTo(objectives, most).Chunk(objectives).ToArray();
        Assert.Equal(expected, rows.Length);
        Assert.Equal(expected, rows.Select(row => string.Join(' ', row)).Distinct().Count());
        Assert.All(rows, row => Assert.Equal(1, row.Sum(), 1e-12));
        Assert.All(rows, row => Assert.All(row, part => Assert.InRange(part, 0, 1)));
    }

    private static int[] Peeled(double[] rows, int objectives)
    {
        var vectors = rows.Chunk(objectives).ToArray();
        var ranks = new int[vectors.Length];
        Array.Fill(ranks, -1);
        for (var rank = 0; ranks.Contains(-1); rank++)
        {
            int[] left = [.. Enumerable.Range(0, ranks.Length).Where(row => ranks[row] < 0)];
            foreach (var row in left.Where(row => !left.Any(other => Beats(vectors[other], vectors[row]))))
            {
                ranks[row] = rank;
            }
        }

        return ranks;
    }

    private static bool Beats(double[] one, double[] other) =>
        one.Zip(other).All(pair => pair.First <= pair.Second) && one.Zip(other).Any(pair => pair.First < pair.Second);
}
