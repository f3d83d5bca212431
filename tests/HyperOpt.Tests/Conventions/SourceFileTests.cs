using System.Text.RegularExpressions;
using HyperOpt.Tests.Support;
using Xunit;

namespace HyperOpt.Tests.Conventions;

public sealed partial class SourceFileTests
{
    private const int MaxLines = 300;

    /// <summary>Files that may be longer, each with the reason.</summary>
    private static readonly Dictionary<string, string> LongFiles = [];

    [Fact]
    public void FilesAreShortExceptThoseThatAreListed() =>
        Assert.Equal(
            LongFiles.Keys.Order(StringComparer.Ordinal),
            Repository.LibrarySources.Where(file => Lines(file.Value) > MaxLines).Select(file => file.Key));

    [Fact]
    public void NothingIsFoldedAwayOrLeftForLater() =>
        Assert.Empty(
            from file in Repository.LibrarySources
            from Match match in Leftovers().Matches(file.Value)
            select $"{file.Key}: {match.Value}");

    [Fact]
    public void WarningsOfTheDocumentationAreErrors()
    {
        Assert.Contains("<GenerateDocumentationFile>true</GenerateDocumentationFile>", Repository.Read("src/HyperOpt/HyperOpt.csproj"), StringComparison.Ordinal);
        Assert.Contains("<TreatWarningsAsErrors>true</TreatWarningsAsErrors>", Repository.Read("Directory.Build.props"), StringComparison.Ordinal);
        string[] places = [Repository.Read("src/HyperOpt/HyperOpt.csproj"), Repository.Read("Directory.Build.props"), Repository.Read(".editorconfig"), .. Repository.LibrarySources.Values];
        Assert.DoesNotContain(places, text => text.Contains("1591", StringComparison.Ordinal));
    }

    private static int Lines(string text) => text.TrimEnd().Split('\n').Length;

    [GeneratedRegex(@"^\s*#(region|endregion).*|\b(TODO|FIXME|HACK|XXX)\b.*", RegexOptions.Multiline)]
    private static partial Regex Leftovers();
}
