using System.Globalization;

namespace HyperOpt.Benchmarks.Quality;

/// <summary>Results as CSV: one line a sampler, problem, seed and mark.</summary>
internal static class QualityFile
{
    private const string Header = "sampler,problem,family,seed,mark,value,ms_per_suggestion";

    public static List<QualityRow> Read(string path) => !File.Exists(path) ? [] : [.. File.ReadLines(path).Skip(1).Where(line => line.Split(',').Length == 7).Select(Parse)];

    /// <summary>Adds lines; a file cut off in the middle of one begins a new one.</summary>
    public static void Append(string path, IEnumerable<QualityRow> rows)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var isNew = !File.Exists(path);
        using var writer = new StreamWriter(path, append: true);
        if (isNew)
        {
            writer.Write(Header + "\n");
        }

        foreach (var row in rows)
        {
            writer.Write(string.Create(CultureInfo.InvariantCulture,
                $"{row.Sampler},{row.Problem},{row.Family},{row.Seed},{row.Mark},{row.Value:F4},{row.Milliseconds:G4}\n"));
        }
    }

    private static QualityRow Parse(string line)
    {
        var fields = line.Split(',');
        return new QualityRow(fields[0], fields[1], fields[2], ulong.Parse(fields[3], CultureInfo.InvariantCulture), int.Parse(fields[4], CultureInfo.InvariantCulture),
            double.Parse(fields[5], CultureInfo.InvariantCulture), double.Parse(fields[6], CultureInfo.InvariantCulture));
    }
}
