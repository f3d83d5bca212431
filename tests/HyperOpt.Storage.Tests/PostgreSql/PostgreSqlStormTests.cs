using Xunit;

namespace HyperOpt.Storage.Tests.PostgreSql;

public sealed class PostgreSqlStormTests(PostgreSqlCluster cluster)
{
    [Fact]
    public Task WorkersKilledAtRandomMomentsLoseNothingAndDoNothingTwice() => SmallStorm.RunAsync("postgresql", cluster.ConnectionString);
}
