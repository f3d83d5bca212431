namespace HyperOpt.Benchmarks.Pruning.Training;

/// <summary>The folder that holds the solution.</summary>
internal static class RepositoryFolder
{
    public static string Path { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string? folder) =>
        folder is null ? throw new DirectoryNotFoundException("The benchmark reads samples/data, and runs inside the repository. Run it there.")
        : File.Exists(System.IO.Path.Combine(folder, "HyperOpt.sln")) ? folder
        : Find(System.IO.Path.GetDirectoryName(folder));
}
