using System.Globalization;

namespace HyperOpt.Benchmarks.Quality;

/// <summary>Results as CSV: one line a sampler, problem, seed and mark.</summary>
internal static class QualityFile
{
    private const string Header = "sampler,problem,family,seed,mark,value,ms_per_suggestion";

    /// <summary>All whole lines; none if there is no file.</summary>
    public static List<QualityRow> Read(string path)
    {
        var text = File.Exists(path) ? File.ReadAllText(path) : "";
        return [.. text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(Parse)];
    }

    /// <summary>Adds lines, in the place of one that was cut off.</summary>
    public static void Append(string path, IEnumerable<QualityRow> rows)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        using var file = new FileStream(path, FileMode.OpenOrCreate);
        var end = file.Length;
        for (; end > 0; end--)
        {
            file.Position = end - 1;
            if (file.ReadByte() == '\n')
            {
                break;
            }
        }

        file.SetLength(end);
        file.Position = end;
        using var writer = new StreamWriter(file);
        if (end == 0)
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
