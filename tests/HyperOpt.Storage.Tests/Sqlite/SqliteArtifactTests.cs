using HyperOpt.Sqlite;
using Xunit;

namespace HyperOpt.Storage.Tests.Sqlite;

public sealed class SqliteArtifactTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ArtifactsAreInAFolderBesideTheFile()
    {
        var token = TestContext.Current.CancellationToken;
        var options = new StudyOptions { Storage = new SqliteStorage("Data Source=" + _folder.File("studies.db")) };
        await using (var study = await Study.OpenAsync(options, token))
        {
            using var content = new MemoryStream("beside"u8.ToArray());
            await study.Ask().SaveArtifactAsync("model", content, token);
        }

        Assert.Single(Directory.GetFiles(_folder.File("studies.db.artifacts"), "*", SearchOption.AllDirectories));
        await using var again = await Study.OpenAsync(options with { Storage = new SqliteStorage(_folder.File("studies.db")) }, token);
        using var reader = new StreamReader(await again.OpenArtifactAsync(0, "model", token));
        Assert.Equal("beside", await reader.ReadToEndAsync(token));
    }
}
