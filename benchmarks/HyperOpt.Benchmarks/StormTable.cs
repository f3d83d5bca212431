using HyperOpt.StormWorker;

namespace HyperOpt.Benchmarks;

/// <summary>The full kill storm: eight processes, five hundred trials, one process killed every second, on one storage or several.</summary>
internal static class StormTable
{
    public const string Usage =
        """
              storm [<storage>..]
                          8 processes, 500 trials, one process killed each second; what must hold afterwards is checked. Storage: journal:<path>,
                          sqlite:<path>, postgresql:<connection string>. Default: a journal and SQLite in a temporary folder
        """;

    public static async Task<int> RunAsync(string[] storages)
    {
        var folder = Directory.CreateTempSubdirectory("hyperopt-storm-").FullName;
        string[] places = storages is [] ? [$"journal:{folder}/storm.journal", $"sqlite:{folder}/storm.db"] : storages;
        var broken = 0;
        foreach (var place in places)
        {
            var (kind, where) = place.Split(':', 2) is [var first, var rest]
                ? (first, rest)
                : throw new ArgumentException($"A storage is journal:<path>, sqlite:<path> or postgresql:<connection string>, but got '{place}'.");
            var report = await KillStorm.RunAsync(new Storm(kind, where, Workers: 8, Trials: 500, TimeSpan.FromSeconds(1)));
            Console.WriteLine($"storm {kind}: {report}");
            broken += report.Broken.Count + (report.Opening > TimeSpan.FromSeconds(1) ? 1 : 0);
        }

        Directory.Delete(folder, recursive: true);
        return broken == 0 ? 0 : 1;
    }
}
