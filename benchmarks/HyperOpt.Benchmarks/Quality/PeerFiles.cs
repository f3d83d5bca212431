using System.Collections.Immutable;

namespace HyperOpt.Benchmarks.Quality;

/// <summary>The results of other libraries on the same problems, which are kept with the source.</summary>
internal static class PeerFiles
{
    /// <summary>The paths; none outside a checkout.</summary>
    public static ImmutableArray<string> All
    {
        get
        {
            for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            {
                var peers = Path.Combine(folder.FullName, "benchmarks", "peers");
                if (Directory.Exists(peers))
                {
                    return [.. Directory.GetFiles(peers, "*.csv").Order(StringComparer.Ordinal)];
                }
            }

            return [];
        }
    }
}
