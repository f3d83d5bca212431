using Xunit;

namespace HyperOpt.Storage.Tests.PostgreSql;

public sealed class PostgreSqlStormTests(PostgreSqlCluster cluster)
{
    [Fact]
    public async Task WorkersKilledAtRandomMomentsLoseNothingAndDoNothingTwice()
    {
        await using var storage = cluster.Open("public");
        await KillStorm.RunAsync(storage, "postgresql", cluster.ConnectionString, workers: 4, trials: 300, TimeSpan.FromMilliseconds(400));
    }
}
