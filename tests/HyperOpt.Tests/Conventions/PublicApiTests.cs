using HyperOpt.Tests.Support;
using Xunit;

namespace HyperOpt.Tests.Conventions;

/// <summary>A change of the public API is a decision: it must edit the approved text.</summary>
public sealed class PublicApiTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "HyperOpt.Tests", "Conventions");
    private static readonly string Approved = Path.Combine(Folder, "PublicApi.approved.txt");
    private static readonly string Received = Path.Combine(Folder, "PublicApi.received.txt");

    [Fact]
    public void ThePublicApiIsTheApprovedOne()
    {
        var actual = PublicApiText.Write(LibraryTypes.Public);
        var expected = File.Exists(Approved) ? File.ReadAllText(Approved).ReplaceLineEndings("\n") : "";
        if (actual == expected)
        {
            File.Delete(Received);
            return;
        }

        File.WriteAllText(Received, actual);
        Assert.Fail(
            $"""
            The public API is not the approved one. Added (+) and removed (-):
            {Difference(expected, actual)}
            If that is meant:  mv {Received} {Approved}
            and say in CHANGELOG.md what it means to users.
            """);
    }

    [Fact]
    public void TheTextIsTheSameEachTime() =>
        Assert.Equal(PublicApiText.Write(LibraryTypes.Public), PublicApiText.Write(LibraryTypes.Public.Reverse()));

    // Lines with the type that they belong to: members of different types may read alike.
    private static string Difference(string expected, string actual)
    {
        var (old, renewed) = (Located(expected), Located(actual));
        var lines = old.Except(renewed).Select(line => $"- {line}").Concat(renewed.Except(old).Select(line => $"+ {line}"));
        return string.Join("\n", lines.Order(StringComparer.Ordinal));
    }

    private static List<string> Located(string text)
    {
        var located = new List<string>();
        var type = "";
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var isMember = line.StartsWith("    ", StringComparison.Ordinal);
            type = isMember ? type : line.Trim();
            located.Add(isMember ? $"{type.Split(" : ")[0]} | {line.Trim()}" : type);
        }

        return located;
    }
}
