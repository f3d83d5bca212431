namespace HyperOpt.Tests.Support;

/// <summary>The files of the repository that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The hand-written C# files of the library, by path from its folder, such as <c>Spaces/Parameter.cs</c>.</summary>
    public static IReadOnlyDictionary<string, string> LibrarySources { get; } = ReadSources(Path.Combine(Root, "src", "HyperOpt"));

    /// <summary>The text of a file, by path from the root.</summary>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "HyperOpt.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException($"HyperOpt.sln is in no folder above {AppContext.BaseDirectory}.");
    }

    private static SortedDictionary<string, string> ReadSources(string folder)
    {
        var sources = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(folder, file).Replace('\\', '/');
            if (!path.StartsWith("obj/", StringComparison.Ordinal) && !path.StartsWith("bin/", StringComparison.Ordinal))
            {
                sources.Add(path, File.ReadAllText(file));
            }
        }

        return sources;
    }
}
