using System.Text.RegularExpressions;
using HyperOpt.Tests.Support;
using Microsoft.CodeAnalysis;
using Xunit;

namespace HyperOpt.Tests.Conventions;

/// <summary>What the pages say, they show: their code compiles and runs, and their links lead somewhere.</summary>
public sealed partial class DocumentationTests
{
    public static TheoryData<string> Pages() =>
        [.. AllPages()];

    public static TheoryData<string> PagesWithCode() =>
        [.. AllPages().Where(page => MarkdownProgram.HasCode(Repository.Read(page)))];

    [Theory]
    [MemberData(nameof(PagesWithCode))]
    public void CodeCompilesAndRuns(string page)
    {
        var program = MarkdownProgram.Compile(Repository.Read(page));
        Assert.Empty(program.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
        MarkdownProgram.Run(program);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void LinksLeadToFiles(string page)
    {
        var folder = Path.Combine(Repository.Root, Path.GetDirectoryName(page)!);
        Assert.All(
            Link().Matches(Repository.Read(page)).Select(match => match.Groups["path"].Value),
            path => Assert.True(Path.Exists(Path.Combine(folder, path)), $"{path} does not exist."));
    }

    [Fact]
    public void TheReadmeHasCode() => Assert.Contains("README.md", AllPages().Where(page => MarkdownProgram.HasCode(Repository.Read(page))));

    [Fact]
    public void TheQuotedSamplerIsTheSample()
    {
        var sample = Repository.Read("samples/CustomSampler/CustomSampler.cs");
        Assert.Contains(sample[sample.IndexOf("/// <summary>", StringComparison.Ordinal)..], Repository.Read("docs/extending.md"), StringComparison.Ordinal);
    }

    private static IEnumerable<string> AllPages() =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))
            .Append("README.md")
            .Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\]\((?!https?:|#)(?<path>[^)#]+)(#[^)]*)?\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Link();
}
