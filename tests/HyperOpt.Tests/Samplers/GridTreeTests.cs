using FsCheck.Fluent;
using HyperOpt.Spaces;
using HyperOpt.Tests.Spaces;
using HyperOpt.Tests.Support;
using Xunit;

namespace HyperOpt.Tests.Samplers;

/// <summary>Every combination once, conditions walked as a tree.</summary>
public sealed class GridTreeTests
{
    [Fact]
    public void EachConfigurationOfARandomConditionalSpaceIsTriedOnce() => Law.Holds(ConditionalSpace.Any.ToArbitrary(), 100, space =>
    {
        if (space.Space.Count == 0)
        {
            return;
        }

        var study = GridRun.Create(space.Space);
        study.Optimize(AskForAll.Of(space.Space), GridRun.Enough);
        string[] tried = [.. study.Trials.Select(trial => space.Describe([.. space.Space.Select(trial.Parameters.CodeFor)]))];
        Assert.Equal(space.Configurations().Order(), tried.Order());
    });

    [Fact]
    public async Task AConditionalContinuousAxisHasItsPointsInItsBranchOnly()
    {
        var optimizer = Parameter.Categorical("optimizer", "adam", "sgd", "lbfgs");
        var momentum = Parameter.Float("momentum", 0, 1).When(optimizer, "sgd");
        var nesterov = Parameter.Bool("nesterov").When(optimizer, "sgd");
        var decay = Parameter.Float("decay", 1e-4, 1).Log().When(optimizer, "adam", "sgd");
        var trials = await GridRun.ExhaustAsync([momentum, optimizer, nesterov, decay]);
        Assert.Equal(5 + 5 * 2 * 5 + 1, trials.Count);
        Assert.Equal(trials.Count, trials.Select(trial => trial.Parameters.ToString()).Distinct().Count());
        Assert.Single(trials, trial => trial.Get(optimizer) == "lbfgs");
        Assert.Equal(5, trials.Count(trial => trial.Get(optimizer) == "adam"));
    }

    [Fact]
    public async Task CombinationsThatBreakAHardConstraintAreLeftOut()
    {
        var a = Parameter.Int("a", 1, 10);
        var b = Parameter.Int("b", 1, 10);
        var kind = Parameter.Categorical("kind", "plain", "fancy");
        var extra = Parameter.Int("extra", 1, 3).When(kind, "fancy");
        var space = SearchSpace.Create(a, b, kind, extra).Require(v => v.Get(a) < v.Get(b)).Require(v => v.Get(extra) <= v.Get(a));
        var expected = from x in Enumerable.Range(1, 10)
                       from y in Enumerable.Range(1, 10)
                       where x < y
                       from z in Enumerable.Range(0, 4) // 0: plain
                       where z <= x
                       select (x, y, z);
        var trials = await GridRun.ExhaustAsync(space);
        Assert.Equal(expected.Order(), trials.Select(trial => (trial.Get(a), trial.Get(b), trial.Get(kind) == "plain" ? 0 : trial.Get(extra))).Order());
    }

    [Fact]
    public async Task ASpaceOfWhichNoCombinationIsFeasibleIsAnErrorThatSaysSo()
    {
        var x = Parameter.Float("x", 0, 1);
        var study = GridRun.Create(SearchSpace.Create(x).Require(v => v.Get(x) > 0.1 && v.Get(x) < 0.2));
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => study.RunAsync());
        Assert.Contains("each of its 5 does", error.Message, StringComparison.Ordinal);
        Assert.Contains("v.Get(x) > 0.1", error.Message, StringComparison.Ordinal);
        Assert.Empty(study.Trials);
    }
}
