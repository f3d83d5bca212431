using System.Globalization;
using HyperOpt.Numerics;

namespace HyperOpt.Benchmarks.Pruning.Training;

/// <summary>Rows of features in standard units, and for each a class; split into what is learnt from (60 %) and what is judged by.</summary>
internal sealed class LabelledData
{
    private LabelledData(double[][] train, int[] trainLabels, double[][] validation, int[] validationLabels, int classes)
    {
        Train = train;
        TrainLabels = trainLabels;
        Validation = validation;
        ValidationLabels = validationLabels;
        Classes = classes;
    }

    public double[][] Train { get; }

    public int[] TrainLabels { get; }

    public double[][] Validation { get; }

    public int[] ValidationLabels { get; }

    public int Classes { get; }

    public int Features => Train[0].Length;

    /// <summary>Reads a file of samples/data: numbers, the class last.</summary>
    /// <param name="file">Its name.</param>
    /// <param name="isScaledAlike">Whether all features share one unit, as pixels do; else each gets mean 0 and variance 1 by the rows learnt from.</param>
    public static LabelledData Load(string file, bool isScaledAlike)
    {
        var rows = File.ReadLines(Path.Combine(RepositoryFolder.Path, "samples", "data", file)).Skip(1)
            .Select(line => Array.ConvertAll(line.Split(','), field => double.Parse(field, CultureInfo.InvariantCulture)))
            .ToArray();
        var chance = new Xoshiro256StarStar(1);
        for (var i = rows.Length - 1; i > 0; i--)
        {
            var other = chance.Next(i + 1);
            (rows[i], rows[other]) = (rows[other], rows[i]);
        }

        var cut = rows.Length * 6 / 10;
        var features = rows[0].Length - 1;
        var (means, scales) = Moments(rows.AsSpan(0, cut), features, isScaledAlike);
        double[] Scaled(double[] row) => [.. Enumerable.Range(0, features).Select(at => (row[at] - means[at]) / scales[at])];
        int[] labels = [.. rows.Select(row => (int)row[features])];
        return new LabelledData(
            [.. rows.Take(cut).Select(Scaled)], labels[..cut], [.. rows.Skip(cut).Select(Scaled)], labels[cut..], labels.Max() + 1);
    }

    private static (double[] Means, double[] Scales) Moments(ReadOnlySpan<double[]> rows, int features, bool isScaledAlike)
    {
        var (means, scales) = (new double[features], new double[features]);
        foreach (var row in rows)
        {
            for (var at = 0; at < features; at++)
            {
                means[at] += row[at] / rows.Length;
            }
        }

        foreach (var row in rows)
        {
            for (var at = 0; at < features; at++)
            {
                scales[at] += (row[at] - means[at]) * (row[at] - means[at]) / rows.Length;
            }
        }

        var common = Math.Sqrt(scales.Average());
        return (means, [.. scales.Select(variance => isScaledAlike ? common : Math.Sqrt(variance) is > 0 and var own ? own : 1)]);
    }
}
