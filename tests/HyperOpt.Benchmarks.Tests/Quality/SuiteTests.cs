using System.Collections.Immutable;
using HyperOpt.Benchmarks.Quality;
using HyperOpt.Benchmarks.Quality.Suite;
using Xunit;

namespace HyperOpt.Benchmarks.Tests.Quality;

public sealed class SuiteTests
{
    private static ImmutableArray<Problem> All { get; } = [.. ProblemSuite.Public, .. ProblemSuite.HeldOut];

    [Fact]
    public void NamesAreUniqueAndFamiliesKnown()
    {
        Assert.Equal(All.Length, All.Select(problem => problem.Name).Distinct().Count());
        Assert.All(All, problem => Assert.Contains(problem.Family, ProblemSuite.Families));
    }

    [Fact]
    public void EveryFamilyIsInBothSuites()
    {
        string[] families = [.. ProblemSuite.Families.Where(family => family != "standard").Order()]; // those of the standard sizes are found by name only
        Assert.Equal(families, ProblemSuite.Public.Select(problem => problem.Family).Distinct().Order());
        Assert.Equal(families, ProblemSuite.HeldOut.Select(problem => problem.Family).Distinct().Order());
    }

    [Fact]
    public void ParentsStandBeforeWhatDependsOnThem() =>
        Assert.All(All, problem => Assert.All(problem.Space, parameter => Assert.All(parameter.Conditions, condition =>
            Assert.True(problem.Space.IndexOf(condition.Parent.Name) < problem.Space.IndexOf(parameter.Name), $"{problem.Name}: {parameter.Name}"))));

    [Fact]
    public void ASpaceIsConditionalInItsFamily() =>
        Assert.All(All.Where(problem => problem.Family == "conditional"), problem => Assert.Contains(problem.Space, parameter => !parameter.Conditions.IsEmpty));

    [Theory]
    [InlineData("flat", 16)]
    [InlineData("ackley*", 2)]
    [InlineData("jenatton,branin-?", 2)]
    [InlineData("nothing", 0)]
    public void ProblemsAreFoundByNameOrFamily(string patterns, int count) => Assert.Equal(count, ProblemSuite.Find(patterns, isHeldOut: false).Length);

    [Fact]
    public void PeersHaveResultsOfProblemsOfTheSuiteOnly()
    {
        var families = All.Concat(ProblemSuite.Standard).ToDictionary(problem => problem.Name, problem => problem.Family);
        Assert.NotEmpty(PeerFiles.All);
        Assert.All(PeerFiles.All.SelectMany(QualityFile.Read), row => Assert.Equal(families.GetValueOrDefault(row.Problem), row.Family));
    }
}
