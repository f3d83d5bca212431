using HyperOpt.Tests.Support;
using Microsoft.CodeAnalysis;
using Xunit;

namespace HyperOpt.Tests.Conventions;

public sealed class BannedSymbolTests
{
    private static readonly string[] Banned =
        [.. Repository.Read("BannedSymbols.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    [Theory]
    [InlineData("P:System.Random.Shared")]
    [InlineData("M:System.Random.#ctor")]
    [InlineData("M:System.Random.#ctor(System.Int32)")]
    [InlineData("P:System.DateTime.Now")]
    [InlineData("P:System.DateTime.UtcNow")]
    [InlineData("P:System.DateTime.Today")]
    [InlineData("P:System.DateTimeOffset.Now")]
    [InlineData("P:System.DateTimeOffset.UtcNow")]
    [InlineData("M:System.String.GetHashCode")]
    [InlineData("M:System.Threading.Thread.Sleep(System.Int32)")]
    [InlineData("M:System.Threading.Thread.Sleep(System.TimeSpan)")]
    [InlineData("P:System.Threading.Tasks.Task`1.Result")]
    [InlineData("M:System.Guid.NewGuid")]
    public void TheBanStandsAndSaysWhatToDo(string symbol)
    {
        var line = Assert.Single(Banned, line => line.Split(';')[0] == symbol);
        Assert.Matches(@";\S.{10,}", line);
    }

    /// <remarks>The analyzer passes over a symbol that it does not find, so a slip of the pen would lift the ban.</remarks>
    [Fact]
    public void EveryBannedSymbolExists() =>
        Assert.All(Banned, line => Assert.NotNull(DocumentationCommentId.GetFirstSymbolForDeclarationId(line.Split(';')[0], LibraryCompilation.Value)));

    [Fact]
    public void TheAnalyzerReadsTheListInEveryProject()
    {
        var props = Repository.Read("Directory.Build.props");
        Assert.Contains("<PackageReference Include=\"Microsoft.CodeAnalysis.BannedApiAnalyzers\" PrivateAssets=\"all\" />", props, StringComparison.Ordinal);
        Assert.Contains("<AdditionalFiles Include=\"$(MSBuildThisFileDirectory)BannedSymbols.txt\" />", props, StringComparison.Ordinal);
        Assert.DoesNotContain("RS0030", props + Repository.Read(".editorconfig") + Repository.Read("src/HyperOpt/HyperOpt.csproj"), StringComparison.Ordinal);
    }

    /// <summary>Files that lift a ban for some lines, each with the reason.</summary>
    [Fact]
    public void ABanIsLiftedOnlyWhereThereIsAReason() =>
        Assert.Equal(
            ["Numerics/Xoshiro256StarStar.cs"], // the base constructor, with a constant seed
            Repository.LibrarySources.Where(file => file.Value.Contains("RS0030", StringComparison.Ordinal)).Select(file => file.Key));
}
