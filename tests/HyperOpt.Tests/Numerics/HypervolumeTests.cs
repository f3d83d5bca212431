using HyperOpt.Numerics;
using HyperOpt.Tests.Support;
using Xunit;

namespace HyperOpt.Tests.Numerics;

public sealed class HypervolumeTests
{
    [Fact]
    public void OfWholeNumbersItIsTheCountOfDominatedCells() => Law.Holds(LossRows.Small(12), 600, draw =>
    {
        var reference = Reference(draw.Objectives, 4);
        Assert.Equal(Cells(draw.Rows, draw.Objectives, 4), Hypervolume.Of(draw.Rows, reference), 1e-9);
    });

    [Fact]
    public void AContributionIsWhatIsLostWithoutAVector() => Law.Holds(LossRows.Small(15, fewest: 2), 1_000, draw =>
    {
        var (objectives, reference) = (draw.Objectives, Reference(draw.Objectives, 4));
        var front = LossRows.Take(draw.Rows, objectives, Pareto.Front(draw.Rows, objectives));
        var all = Hypervolume.Of(front, reference);
        var alone = front.Length == 0 ? [] : HypervolumeContributions.Of(front, reference);
        for (var row = 0; row < alone.Length; row++)
        {
            var others = LossRows.Take(front, objectives, Enumerable.Range(0, alone.Length).Where(other => other != row));
            Assert.Equal(all - Hypervolume.Of(others, reference), alone[row], 1e-9);
            Assert.Equal(alone[row], Hypervolume.Gain(front.AsSpan(row * objectives, objectives), others, reference), 1e-9);
        }
    });

    [Fact]
    public void ItGrowsVectorByVectorToTheSame() => Law.Holds(LossRows.Small(20), 600, draw =>
    {
        var (reference, seen) = (Reference(draw.Objectives, 4), new List<double>());
        var growing = new GrowingHypervolume(reference);
        foreach (var vector in draw.Rows.Chunk(draw.Objectives))
        {
            growing.Add(vector);
            seen.AddRange(vector);
            Assert.Equal(Hypervolume.Of([.. seen], reference), growing.Volume, 1e-9);
        }
    });

    /// <summary>From Optuna 5's compute_hypervolume (commit 1d8ce7bb) on the same vectors.</summary>
    [Theory]
    [InlineData(2, 500, 1.1869381668542212)]
    [InlineData(3, 300, 1.2503248726206795)]
    [InlineData(4, 100, 1.0122866755682014)]
    [InlineData(5, 60, 0.7447866156880923)]
    [InlineData(6, 40, 0.608982946397736)]
    public void ItIsThatOfOptuna(int objectives, int count, double expected) =>
        Assert.Equal(expected, Hypervolume.Of(LossRows.Weyl(count, objectives), Reference(objectives, 1.1)), 1e-12);

    /// <summary>Likewise, of the points of the unit sphere in Das and Dennis's directions, which are a front.</summary>
    [Theory]
    [InlineData(3, 12, 0.7448508991884835)]
    [InlineData(4, 6, 1.012429745561701)]
    [InlineData(5, 4, 1.2380158116625792)]
    public void OfASphereItIsThatOfOptuna(int objectives, int divisions, double expected) =>
        Assert.Equal(expected, Hypervolume.Of(LossRows.Sphere(ReferenceDirections.Layer(objectives, divisions), objectives), Reference(objectives, 1.1)), 1e-12);

    [Theory]
    [InlineData(1_000)]
    [InlineData(7)]
    public void UnderALineItHasAClosedForm(int parts)
    {
        double[] line = [.. Enumerable.Range(0, parts + 1).SelectMany(i => new[] { (double)i / parts, 1 - (double)i / parts })];
        Assert.Equal((parts - 1.0) / (2 * parts), Hypervolume.Of(line, [1, 1]), 1e-12);
    }

    /// <summary>The ball's octant is what a sphere's front leaves over: a ball of radius 1 has 4 pi / 3, and in four dimensions pi² / 2.</summary>
    [Theory]
    [InlineData(3, 60, 1 - Math.PI / 6)]
    [InlineData(4, 14, 1 - Math.PI * Math.PI / 32)]
    public void OfEverMorePointsOfASphereItComesNearTheBall(int objectives, int divisions, double limit)
    {
        double Missing(int parts) => limit - Hypervolume.Of(LossRows.Sphere(ReferenceDirections.Layer(objectives, parts), objectives), Reference(objectives, 1));
        var (coarse, fine) = (Missing(divisions / 2), Missing(divisions));
        Assert.InRange(fine, 1e-4, 0.7 * coarse); // from below, about as 1 / divisions
        Assert.InRange(fine, 0, 1.2 / divisions * objectives / 2);
    }

    [Fact]
    public void WithoutBoundItIsInfinite()
    {
        Assert.Equal(double.PositiveInfinity, Hypervolume.Of([0, 0, 0], [1, 1, double.PositiveInfinity]));
        Assert.Equal(double.PositiveInfinity, Hypervolume.Of([0, double.NegativeInfinity], [1, 1]));
        Assert.Equal(0, Hypervolume.Of([2, double.NegativeInfinity], [1, 1]));
        Assert.Equal(1, Hypervolume.Of([0, 0, double.PositiveInfinity, -1], [1, 1]));
        Assert.Equal(0, Hypervolume.Of(Array.Empty<double>(), [1, 1]));
    }

    /// <summary>The volumes of the subsets that Optuna 5's _solve_hssp chooses from the first fronts of the same vectors; ours may be no worse by more than 1 %.</summary>
    [Theory]
    [InlineData(2, 500, 5, 1.1798238691286635)]
    [InlineData(3, 300, 8, 1.234901235731018)]
    [InlineData(4, 100, 6, 0.9291285743329499)]
    public void ASubsetIsChosenAsWellAsByOptuna(int objectives, int count, int size, double optuna)
    {
        var rows = LossRows.Weyl(count, objectives);
        var front = LossRows.Take(rows, objectives, Pareto.Front(rows, objectives));
        var chosen = SubsetSelection.Greedy([.. front.Chunk(objectives).Select(vector => System.Collections.Immutable.ImmutableArray.Create(vector))], size);
        Assert.Equal(size, chosen.Distinct().Count());
        Assert.InRange(Hypervolume.Of(LossRows.Take(front, objectives, chosen), Reference(objectives, 1.1)), 0.99 * optuna, double.MaxValue);
    }

    private static double[] Reference(int objectives, double value) => [.. Enumerable.Repeat(value, objectives)];

    // Cells of a grid that lie beyond some vector.
    private static int Cells(double[] rows, int objectives, int side)
    {
        var vectors = rows.Chunk(objectives).ToArray();
        var (count, cell) = (0, new int[objectives]);
        for (var number = 0; number < Math.Pow(side, objectives); number++)
        {
            var rest = number;
            for (var i = 0; i < objectives; i++)
            {
                (rest, cell[i]) = Math.DivRem(rest, side);
            }

            count += Array.Exists(vectors, vector => vector.Zip(cell).All(pair => pair.First <= pair.Second)) ? 1 : 0;
        }

        return count;
    }
}
