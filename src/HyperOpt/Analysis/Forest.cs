using HyperOpt.Numerics;

namespace HyperOpt.Analysis;

/// <summary>The trees that both evaluators by forests grow, each from a draw of the trials with replacement (Breiman 2001, 10.1023/A:1010933404324).</summary>
internal static class Forest
{
    /// <summary>Grows trees one by one and looks at each.</summary>
    /// <param name="data">The trials.</param>
    /// <param name="trees">How many.</param>
    /// <param name="look">Given a tree and its table.</param>
    /// <returns>The share of the variance that the trees explain of the trials that they were not grown from.</returns>
    public static double Grow(ImportanceData data, int trees, Action<RegressionTree, TreeTable> look)
    {
        var (axes, count) = (data.Varied, data.Losses.Length);
        var isComplete = data.IsComplete(axes);
        var (table, sums, votes, point) = (default(TreeTable), new double[count], new int[count], new double[axes.Length]);
        for (var number = 0; number < trees; number++)
        {
            var random = StreamSeed.Create(data.Seed, number, "importance.forest");
            var weights = new double[count];
            for (var draw = 0; draw < count; draw++)
            {
                weights[random.Next(count)]++;
            }

            // What is inactive has no effect, so it may have any value: each tree is given others.
            table = isComplete && table is not null ? table : new TreeTable(
                axes.Select(axis => data.Space[axis]),
                [.. axes.Select(axis => data.Points.Select(point => double.IsNaN(point[axis]) ? random.NextDouble() : point[axis]).ToArray())]);
            var tree = new RegressionTree(table, data.Losses, weights);
            look(tree, table);
            for (var row = 0; row < count; row++)
            {
                if (weights[row] == 0)
                {
                    for (var axis = 0; axis < point.Length; axis++)
                    {
                        point[axis] = table.Units[axis][row];
                    }

                    sums[row] += tree.At(point);
                    votes[row]++;
                }
            }
        }

        var mean = data.Losses.Average();
        int[] judged = [.. Enumerable.Range(0, count).Where(row => votes[row] > 0)];
        return 1 - judged.Sum(row => Math.Pow(data.Losses[row] - sums[row] / votes[row], 2)) / judged.Sum(row => Math.Pow(data.Losses[row] - mean, 2));
    }

    /// <summary>Mean and standard deviation of each column of some rows.</summary>
    public static (double[] Means, double[] Deviations) Moments(List<double[]> rows, int columns)
    {
        double[] means = [.. Enumerable.Range(0, columns).Select(column => rows.Count == 0 ? 0 : rows.Average(row => row[column]))];
        double[] deviations = [.. means.Select((mean, column) => Math.Sqrt(rows.Sum(row => (row[column] - mean) * (row[column] - mean)) / Math.Max(1, rows.Count - 1)))];
        return (means, deviations);
    }
}
