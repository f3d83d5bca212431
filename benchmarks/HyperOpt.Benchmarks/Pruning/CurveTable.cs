using System.Globalization;
using System.IO.Compression;
using HyperOpt.Benchmarks.Pruning.Training;

namespace HyperOpt.Benchmarks.Pruning;

/// <summary>The learning curves of a family, one for each row of its grid: made once by <see cref="Write"/>, and read by the benchmark.</summary>
internal sealed class CurveTable
{
    /// <summary>What stands for a loss that is larger, infinite or no number.</summary>
    private const double Diverged = 1_000;

    private readonly float[][] _curves;

    private CurveTable(CurveFamily family, float[][] curves)
    {
        Family = family;
        _curves = curves;
        Best = curves.Min(curve => (double)curve[^1]);
    }

    public CurveFamily Family { get; }

    /// <summary>The least final loss of all.</summary>
    public double Best { get; }

    public ReadOnlySpan<float> this[int row] => _curves[row];

    /// <summary>The share of configurations whose final loss is less: 0 for the best.</summary>
    public double RankOf(double final) => _curves.Count(curve => curve[^1] < final) / (double)_curves.Length;

    /// <summary>Trains every configuration of a family, and writes its file: a line a configuration, four digits a loss, compressed by gzip.</summary>
    public static void Write(CurveFamily family)
    {
        using var file = File.Create(PathOf(family));
        using var zip = new GZipStream(file, CompressionLevel.SmallestSize);
        using var text = new StreamWriter(zip);
        for (var row = 0; row < family.Count; row++)
        {
            var curve = family.Train(family.ConfigurationAt(row));
            text.Write(string.Join(',', curve.Select(loss => (loss < Diverged ? loss : Diverged).ToString("G4", CultureInfo.InvariantCulture))));
            text.Write('\n');
        }
    }

    public static CurveTable Read(CurveFamily family)
    {
        using var zip = new GZipStream(File.OpenRead(PathOf(family)), CompressionMode.Decompress);
        using var text = new StreamReader(zip);
        var curves = new List<float[]>();
        while (text.ReadLine() is { } line)
        {
            curves.Add(Array.ConvertAll(line.Split(','), loss => float.Parse(loss, CultureInfo.InvariantCulture)));
        }

        return curves.Count == family.Count ? new CurveTable(family, [.. curves]) : throw new InvalidDataException(
            $"A table has a curve for each of the {family.Count} configurations of its family, but that of {family.Name} has {curves.Count}. Make it again: `curves {family.Name}`.");
    }

    private static string PathOf(CurveFamily family) =>
        Path.Combine(RepositoryFolder.Path, "benchmarks", "HyperOpt.Benchmarks", "Pruning", "Curves", family.Name + ".csv.gz");
}
