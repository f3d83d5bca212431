using HyperOpt.StormWorker;
using Xunit;

namespace HyperOpt.Storage.Tests;

/// <summary>A storm small enough for each build; the full one is `benchmarks -- storm`.</summary>
internal static class SmallStorm
{
    public static async Task RunAsync(string kind, string place)
    {
        var storm = new Storm(kind, place, Workers: 4, Trials: 300, TimeSpan.FromMilliseconds(500));
        var report = await KillStorm.RunAsync(storm, TestContext.Current.CancellationToken);
        Assert.Empty(report.Broken);
        Assert.True(report.Kills >= 4, $"Only {report.Kills} were killed: the storm was too short to say anything.");
        Assert.True(report.Opening < TimeSpan.FromSeconds(5), $"Opening took {report.Opening}."); // a second on a machine that is not busy with other tests
    }
}
