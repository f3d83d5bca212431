using System.Globalization;
using HyperOpt.Numerics;

namespace HyperOpt.Benchmarks.Quality.Real;

/// <summary>Rows to train on, and rows to judge by. Immutable: nobody writes into the arrays. Source of the data: <c>samples/data/README.md</c>.</summary>
/// <param name="Classes">How many classes there are.</param>
/// <param name="Train">The features of the rows to train on.</param>
/// <param name="TrainLabels">Their classes.</param>
/// <param name="Test">The features of the rows to judge by.</param>
/// <param name="TestLabels">Their classes.</param>
internal sealed record DataSet(int Classes, float[][] Train, int[] TrainLabels, float[][] Test, int[] TestLabels)
{
    /// <summary>How many features there are.</summary>
    public int Features => Train[0].Length;

    /// <summary>30 measurements of cell nuclei, as they are; benign or not.</summary>
    public static DataSet Cancer(int train, int test) => Load("breast_cancer.csv", classes: 2, train, test);

    /// <summary>8×8 pixels from 0 to 1; ten digits.</summary>
    public static DataSet Digits(int train, int test)
    {
        var digits = Load("digits.csv", classes: 10, train, test);
        return digits.Map(rows => [.. rows.Select(row => Array.ConvertAll(row, pixel => pixel / 16))]);
    }

    /// <summary>The same with other features.</summary>
    public DataSet Map(Func<float[][], float[][]> map) => this with { Train = map(Train), Test = map(Test) };

    /// <summary>The same with features of mean 0 and standard deviation 1 over the training rows.</summary>
    public DataSet Standardized()
    {
        var (means, deviations) = (new float[Features], new float[Features]);
        for (var i = 0; i < Features; i++)
        {
            means[i] = Train.Average(row => row[i]);
            deviations[i] = MathF.Sqrt(Train.Average(row => (row[i] - means[i]) * (row[i] - means[i]))) + 1e-6f;
        }

        return Map(rows => [.. rows.Select(row => (float[])[.. row.Select((x, i) => (x - means[i]) / deviations[i])])]);
    }

    // The rows in an order of chance, the same each time.
    private static DataSet Load(string file, int classes, int train, int test)
    {
        var random = StreamSeed.Create(0, 0, "quality/data/" + file);
        var rows = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "data", file)).Skip(1)
            .Select(line => (Key: random.NextUInt64(), Fields: Array.ConvertAll(line.Split(','), field => float.Parse(field, CultureInfo.InvariantCulture))))
            .OrderBy(row => row.Key).Select(row => row.Fields).ToArray();
        var features = Array.ConvertAll(rows, row => row[..^1]);
        var labels = Array.ConvertAll(rows, row => (int)row[^1]);
        return new DataSet(classes, features[..train], labels[..train], features[train..(train + test)], labels[train..(train + test)]);
    }
}
