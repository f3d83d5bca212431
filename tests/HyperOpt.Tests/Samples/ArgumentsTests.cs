using QuickStart;
using Xunit;

namespace HyperOpt.Tests.Samples;

public sealed class ArgumentsTests
{
    [Fact]
    public void WithoutArgumentsTheDefaultsHold() => Assert.Equal(new Arguments(Trials: 150, Seed: 1), Arguments.Parse([]));

    [Fact]
    public void TrialsAndSeedMayBeGivenInAnyOrder() =>
        Assert.Equal(new Arguments(Trials: 20, Seed: 7), Arguments.Parse(["--seed", "7", "--trials", "20"]));

    [Theory]
    [InlineData("--trial", "3")]
    [InlineData("--trials", "0")]
    [InlineData("--trials", "many")]
    [InlineData("--seed", "-1")]
    [InlineData("--seed")]
    [InlineData("help")]
    public void WhatIsNotUnderstoodIsRefused(params string[] args) => Assert.Null(Arguments.Parse(args));
}
