using HyperOpt.Pruners;
using HyperOpt.Tests.Contracts;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Pruners;

public sealed class CurvePrunerTests : PrunerContract
{
    /// <summary>Studies of 300 trials: one report, then the final loss. What was lost is known, because it is made here.</summary>
    /// <returns>Of the trials that would have beaten the best so far the share that was given up; how many of those there were; of all trials the share given up.</returns>
    private static (double Lost, int Winners, double Pruned) Simulate(CurvePruner pruner, Func<double, double, double> final, int studies)
    {
        var (lost, winners, pruned) = (0, 0, 0);
        for (var study = 0; study < studies; study++)
        {
            var (finished, best) = (new List<Observation>(), double.PositiveInfinity);
            for (var number = 0; number < 300; number++)
            {
                var (x, noise) = (Normal((ulong)(2 * study), number), Normal((ulong)(2 * study + 1), number));
                var loss = final(x, noise);
                var isPruned = pruner.ShouldPrune(PrunerCases.Trial(number, TrialState.Running, (0, x)), PrunerCases.History(finished));
                if (number >= 50 && loss < best)
                {
                    winners++;
                    lost += isPruned ? 1 : 0;
                }

                pruned += isPruned ? 1 : 0;
                best = isPruned ? best : Math.Min(best, loss);
                finished.Add(PrunerCases.Trial(number, isPruned ? TrialState.Pruned : TrialState.Completed, (0, x)) with { Losses = [isPruned ? x : loss] });
            }
        }

        return ((double)lost / winners, winners, pruned / (300.0 * studies));
    }

    /// <remarks>Lost are at most the risk's share of the winners, within four standard errors: fails by chance once in some ten thousand runs; the draws are fixed.</remarks>
    [Theory]
    [InlineData(0.05, 0.3)]
    [InlineData(0.05, 1.0)]
    [InlineData(0.2, 0.3)]
    public void OfTheWinnersAtMostTheStatedShareIsLost(double risk, double noise)
    {
        var (lost, winners, pruned) = Simulate(new CurvePruner { Risk = risk }, (x, e) => 2 + 0.5 * x + noise * e, 25);
        Assert.InRange(lost, 0, risk + 4 * Math.Sqrt(risk * (1 - risk) / winners));
        Assert.InRange(pruned, 0.1, 1);
    }

    [Fact]
    public void TheMoreEarlyLossesTellTheMoreIsPruned()
    {
        var shares = new[] { 0.1, 0.5, 2, 50 }.Select(noise => Simulate(new CurvePruner(), (x, e) => x + noise * e, 3).Pruned).ToArray();
        Assert.Equal(shares.OrderDescending(), shares);
        Assert.InRange(shares[0], 0.7, 1);
        Assert.InRange(shares[^1], 0, 0.15);
    }

    [Fact]
    public void WhereCurvesCrossThoseThatLookBadAreKept()
    {
        var finished = Enumerable.Range(0, 40).Select(i => PrunerCases.Trial(i, TrialState.Completed, (0, i), (1, 40 - i))).ToArray();
        var history = PrunerCases.History(finished);
        Assert.False(new CurvePruner().ShouldPrune(PrunerCases.Running((0, 39.5)), history));
        Assert.True(new CurvePruner().ShouldPrune(PrunerCases.Running((0, 0.5)), history));
    }

    [Fact]
    public void TheDecisionShowsItsFigures()
    {
        var history = PrunerCases.History(Enumerable.Range(0, 20).Select(i => PrunerCases.Trial(i, TrialState.Completed, (3, i), (4, i))));
        var decision = new CurvePruner().Judge(PrunerCases.Running((3, 15)), history)!;
        Assert.Equal(("CurvePruner", 3, 21.0, 20.0), (decision.Rule, decision.Step, decision.Figures["trials"], decision.Figures["completed"]));
        Assert.InRange(decision.Figures["tail"], decision.Figures["chance"] / 21, 0.05);
        Assert.Contains("end below 0 is at most its own", decision.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void NothingIsPrunedBeforeEnoughCompletedNorInTheWarmupNorWithoutAFeasibleOne()
    {
        var trial = PrunerCases.Running((3, 99));
        Observation[] others = [.. Enumerable.Range(0, 20).Select(i => PrunerCases.Trial(i, TrialState.Completed, (3, i), (4, i)))];
        Assert.True(new CurvePruner().ShouldPrune(trial, PrunerCases.History(others)));
        Assert.False(new CurvePruner { StartupTrials = 21 }.ShouldPrune(trial, PrunerCases.History(others)));
        Assert.False(new CurvePruner { WarmupSteps = 4 }.ShouldPrune(trial, PrunerCases.History(others)));
        Assert.False(new CurvePruner { Risk = 0 }.ShouldPrune(trial, PrunerCases.History(others)));
        Assert.False(new CurvePruner().ShouldPrune(trial, PrunerCases.History(others.Select(other => other with { Violations = [1] }))));
    }

    [Fact]
    public void ABrokenConstraintEndsATrialOnlyWhereConstraintsAreFinal()
    {
        var history = PrunerCases.History(Enumerable.Range(0, 20).Select(i => PrunerCases.Trial(i, TrialState.Completed, (3, i), (4, i))));
        var trial = PrunerCases.Running((3, 0)) with { Violations = [-1, 2] };
        Assert.False(new CurvePruner().ShouldPrune(trial, history));
        Assert.Equal(2, new CurvePruner { ConstraintsAreFinal = true }.Judge(trial, history)!.Figures["violation"]);
        Assert.False(new CurvePruner { ConstraintsAreFinal = true }.ShouldPrune(trial with { Violations = [-1, 0] }, history));
    }

    /// <summary>
    /// Studies of 300 trials of one report, in which a low loss most likely breaks a constraint or, with the other sign, keeps it. A winner is feasible and better
    /// than the best feasible one so far.
    /// </summary>
    /// <remarks>
    /// Lost are at most the risk's share of the winners, within four standard errors: fails by chance once in some ten thousand runs; the draws are fixed. A
    /// pruner that does not look at the constraint lost 31 % of them where the best losses break it.
    /// </remarks>
    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void OfTheFeasibleWinnersToo(int sign)
    {
        var (lost, winners, pruned) = (0, 0, 0);
        for (var study = 0; study < 25; study++)
        {
            var (finished, best) = (new List<Observation>(), double.PositiveInfinity);
            for (var number = 0; number < 300; number++)
            {
                var (x, noise, other) = (Normal((ulong)(3 * study), number), Normal((ulong)(3 * study + 1), number), Normal((ulong)(3 * study + 2), number));
                var (loss, violation) = (x + 0.3 * noise, -sign * x + 0.3 * other);
                var isPruned = new CurvePruner().ShouldPrune(PrunerCases.Trial(number, TrialState.Running, (0, x)), PrunerCases.History(finished));
                var wins = violation <= 0 && loss < best;
                winners += number >= 50 && wins ? 1 : 0;
                lost += number >= 50 && wins && isPruned ? 1 : 0;
                pruned += isPruned ? 1 : 0;
                best = wins && !isPruned ? loss : best;
                finished.Add(PrunerCases.Trial(number, isPruned ? TrialState.Pruned : TrialState.Completed, (0, x)) with { Losses = [loss], Violations = isPruned ? [] : [violation] });
            }
        }

        Assert.InRange((double)lost / winners, 0, 0.05 + 4 * Math.Sqrt(0.05 * 0.95 / winners));
        Assert.InRange(pruned / (300.0 * 25), 0.3, 1);
    }

    [Fact]
    public void WhatIsForetoldToBeInfeasibleIsGivenUpAndTheDecisionSaysSo()
    {
        // Their losses do not go by step 0, and those above 20 there break the constraint.
        var others = Enumerable.Range(0, 40).Select(i => PrunerCases.Trial(i, TrialState.Completed, (0, i)) with { Losses = [i % 2], Violations = [i - 20.5] }).ToArray();
        var decision = new CurvePruner().Judge(PrunerCases.Running((0, 30)), PrunerCases.History(others))!;
        Assert.InRange(decision.Figures["feasible"], 0, 0.2);
        Assert.Contains("within the constraints", decision.Reason, StringComparison.Ordinal);
        Assert.False(new CurvePruner().ShouldPrune(PrunerCases.Running((0, 30)), PrunerCases.History(others.Select(other => other with { Violations = [] }))));
        Assert.False(new CurvePruner { ConstraintsAreFinal = true, Risk = 0.02 }.ShouldPrune(PrunerCases.Running((0, 30)) with { Violations = [-1] }, PrunerCases.History(others)));
    }

    protected override IPruner CreatePruner() => new CurvePruner();

    private static double Normal(ulong seed, int at) => HyperOpt.Numerics.Normal.Quantile((PrunerCases.Uniform(seed + 100, at) + 1e-12) / (1 + 2e-12));
}
