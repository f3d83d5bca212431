using Xunit;

namespace HyperOpt.Storage.Tests.Sqlite;

public sealed class SqliteStormTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public Task WorkersKilledAtRandomMomentsLoseNothingAndDoNothingTwice() => SmallStorm.RunAsync("sqlite", _folder.File("storm.db"));
}
