using HyperOpt.Sqlite;
using Xunit;

namespace HyperOpt.Storage.Tests.Sqlite;

public sealed class SqliteStormTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public Task WorkersKilledAtRandomMomentsLoseNothingAndDoNothingTwice() =>
        KillStorm.RunAsync(new SqliteStorage(_folder.File("storm.db")), "sqlite", _folder.File("storm.db"), workers: 4, trials: 300, TimeSpan.FromMilliseconds(400));
}
