using HyperOpt.Analysis;
using HyperOpt.Numerics;
using HyperOpt.Spaces;
using Xunit;

namespace HyperOpt.Tests.Analysis;

/// <summary>One sweep over the leaves against the tree itself, evaluated everywhere.</summary>
public sealed class TreeBoxesTests
{
    private const int Cells = 60; // coordinates are centres of this many cells, so that thresholds are edges of twice as many

    private static readonly Parameter[] Parameters = [Parameter.Float("x", 0, 1), Parameter.Categorical("k", 1, 2, 3, 4), Parameter.Float("y", 0, 1)];

    [Fact]
    public void MarginalsAreThoseOfTheTree()
    {
        var random = new Xoshiro256StarStar(5);
        var (table, tree) = Grow(random, 60);
        var boxes = new TreeBoxes(table, tree);
        const int fine = 2 * Cells;
        var grid = new double[fine, 4, fine];
        for (var i = 0; i < fine; i++)
        {
            for (var k = 0; k < 4; k++)
            {
                for (var j = 0; j < fine; j++)
                {
                    grid[i, k, j] = tree.At([(i + 0.5) / fine, (k + 0.5) / 4, (j + 0.5) / fine]);
                }
            }
        }

        var all = grid.Cast<double>().ToArray();
        Assert.Equal(all.Average(), boxes.Mean, 1e-9);
        Assert.Equal(Variance(all), boxes.Variance, 1e-9);
        Assert.Equal(Variance(Means((i, _, _) => i, fine)), boxes.MarginalVariance(0), 1e-9);
        Assert.Equal(Variance(Means((_, k, _) => k, 4)), boxes.MarginalVariance(1), 1e-9);
        Assert.Equal(Variance(Means((_, _, j) => j, fine)), boxes.MarginalVariance(2), 1e-9);
        Assert.Equal(Variance(Means((i, k, _) => i * 4 + k, fine * 4)), boxes.MarginalVariance(0, 1), 1e-9);
        Assert.Equal(Variance(Means((i, _, j) => i * fine + j, fine * fine)), boxes.MarginalVariance(0, 2), 1e-9);

        double[] Means(Func<int, int, int, int> cell, int cells)
        {
            var means = new double[cells];
            for (var i = 0; i < fine; i++)
            {
                for (var k = 0; k < 4; k++)
                {
                    for (var j = 0; j < fine; j++)
                    {
                        means[cell(i, k, j)] += grid[i, k, j] * cells / all.Length;
                    }
                }
            }

            return means;
        }
    }

    [Fact]
    public void AFullTreeKnowsItsTrials()
    {
        var (table, tree) = Grow(new Xoshiro256StarStar(6), 40);
        for (var row = 0; row < 40; row++)
        {
            Assert.Equal(Value(table, row), tree.At([table.Units[0][row], table.Units[1][row], table.Units[2][row]]), 1e-9);
        }

        // All splits together leave nothing of the sum of squares.
        double[] values = [.. Enumerable.Range(0, 40).Select(row => Value(table, row))];
        Assert.Equal(40 * Variance(values), tree.Decreases.Sum(), 1e-9);
    }

    private static (TreeTable Table, RegressionTree Tree) Grow(Xoshiro256StarStar random, int rows)
    {
        double[][] units = [.. Parameters.Select(parameter => Enumerable.Range(0, rows).Select(_ =>
            parameter.IsOrdered ? (random.Next(Cells) + 0.5) / Cells : parameter.Snap(random.NextDouble())).ToArray())];
        var table = new TreeTable(Parameters, units);
        return (table, new RegressionTree(table, [.. Enumerable.Range(0, rows).Select(row => Value(table, row))], [.. Enumerable.Repeat(1.0, rows)]));
    }

    private static double Value(TreeTable table, int row) =>
        Math.Sin(5 * table.Units[0][row]) + new[] { 0.3, -1, 2, 0.1 }[table.LevelOf(1, table.Units[1][row])] * table.Units[2][row];

    private static double Variance(double[] values)
    {
        var mean = values.Average();
        return values.Average(value => (value - mean) * (value - mean));
    }
}
