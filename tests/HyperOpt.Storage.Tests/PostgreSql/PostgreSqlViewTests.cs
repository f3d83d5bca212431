using HyperOpt.PostgreSql;
using HyperOpt.Storage.Tests.Views;

namespace HyperOpt.Storage.Tests.PostgreSql;

public sealed class PostgreSqlViewTests(PostgreSqlCluster cluster) : ViewContract
{
    private PostgreSqlStorage? _storage;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await (_storage?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    protected override IStorage CreateStorage() => _storage = cluster.NewStorage();

    protected override Task<object?[][]> QueryAsync(IStorage storage, string sql) =>
        cluster.QueryAsync(sql.Replace(" hyperopt_", $" {((PostgreSqlStorage)storage).Schema}.hyperopt_", StringComparison.Ordinal));
}
