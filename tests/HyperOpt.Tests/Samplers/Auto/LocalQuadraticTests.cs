using HyperOpt.Numerics;
using HyperOpt.Samplers;
using HyperOpt.Samplers.Auto;
using HyperOpt.Samplers.GaussianProcess;
using HyperOpt.Spaces;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Samplers.Auto;

public sealed class LocalQuadraticTests
{
    private static readonly CategoricalParameter<string> Kind = Parameter.Categorical("kind", "a", "b");
    private static readonly IntParameter Layers = Parameter.Int("layers", 1, 9);
    private static readonly SearchSpace Flat = [Parameter.Float("x", 0, 1), Parameter.Float("y", 0, 1), Parameter.Float("z", 0, 1)];

    [Fact]
    public void TheMinimumOfWhatIsSmoothNearTheBestIsProposed()
    {
        // 1 at (0.45, 0.55, 0.5); bent by what is not quadratic, and rough far away, which a model of the whole must fit, too.
        static double Smooth(double[] p) => Math.Cosh(p[0] - 0.45) + 30 * Math.Pow(p[0] + p[1] - 1, 2) + Math.Pow(p[2] - 0.5, 2);
        static double Loss(double[] p) => Smooth(p) + 20 * Math.Max(0, p[0] - 0.8) * Math.Sin(40 * p[2]);
        var proposals = Enumerable.Range(0, 10).Select(seed => Propose(Flat, History(Flat, seed, 60, Loss, _ => [], number => number % 4 == 0 ? 1 : 0.2))).Where(proposal => proposal is not null).ToList();
        Assert.InRange(proposals.Count, 5, 10);
        Assert.All(proposals, proposal =>
        {
            Assert.Equal("minimum of a local quadratic", proposal!.Reason!.Strategy);
            Assert.StartsWith("local quadratic: ", proposal.Reason.Choice, StringComparison.Ordinal);
            Assert.True(Smooth([.. proposal.Point]) < 1.01, $"The least loss is 1, but that of the proposal is {Smooth([.. proposal.Point])}.");
            Assert.True(Math.Abs(proposal.Reason.Mean!.Value - 1) < 0.05, $"The least loss is 1, but {proposal.Reason.Mean} is expected.");
        });
    }

    [Fact]
    public void AMinimumOutsideIsSoughtAtTheSide()
    {
        var proposal = Propose(Flat, 1, 40, p => Math.Pow(p[0] + 0.5, 2) + Math.Pow(p[1] - 0.5, 2) + Math.Pow(p[2] - 1.2, 2))!;
        Assert.Equal([0, 0.5, 1], proposal.Point.Select(unit => Math.Round(unit, 6)));
    }

    /// <summary>Neither noise nor a kink looks like a quadratic: of 20 histories none may be taken for one more than twice as sharp as the Gaussian process, but three by chance.</summary>
    [Fact]
    public void WhatIsNotSmoothIsLeftToTheGaussianProcess()
    {
        var random = new Xoshiro256StarStar(5);
        Assert.InRange(Enumerable.Range(0, 20).Count(seed => Propose(Flat, seed, 40, _ => random.NextDouble()) is not null), 0, 3);
        Assert.InRange(Enumerable.Range(0, 20).Count(seed => Propose(Flat, seed, 40, p => Math.Sin(30 * p[0]) + Math.Sin(25 * p[1]) + p[2]) is not null), 0, 3);
    }

    [Fact]
    public void TooFewTrialsAndEqualOnesSayNothing()
    {
        Assert.Null(Propose(Flat, 1, 7, p => p[0] * p[0] + p[1] * p[1] + p[2] * p[2])); // 7 coefficients
        Assert.Null(Propose(Flat, 1, 40, _ => 1));
    }

    [Fact]
    public void WhatBreaksConstraintsIsNotAskedFor()
    {
        var history = History(Flat, 1, 40, p => p[0] * p[0] + p[1] * p[1] + p[2] * p[2], p => [p[0] - 0.5]);
        Assert.Null(Propose(Flat, history));
    }

    [Fact]
    public void ItStaysInTheBranchOfTheBest()
    {
        SearchSpace space = [Kind, Parameter.Float("x", 0, 1), Parameter.Float("only", 0, 1).When(Kind, "b")];
        var proposals = Enumerable.Range(0, 5).Select(seed => Propose(space, seed, 60, p => Math.Pow(p[1] - 0.3, 2) + (double.IsNaN(p[2]) ? 0 : 1 + p[2])));
        Assert.All(proposals, proposal =>
        {
            Assert.Equal("a", space[0].TextOf(space[0].CodeAt(proposal!.Point[0])));
            Assert.Equal(0.3, proposal.Point[1], 1e-3);
            Assert.True(double.IsNaN(proposal.Point[2]));
        });
    }

    [Fact]
    public void AnOrderedAxisMayTurnOthersOn()
    {
        SearchSpace space = [Layers, Parameter.Float("x", 0, 1), Parameter.Float("second", 0, 1).When(Layers, 5, 6, 7, 8, 9)];
        var made = 0;
        foreach (var seed in Enumerable.Range(0, 20))
        {
            // The minimum is at five layers, beyond which nothing but their second axis changes: but the best trial may have four.
            var history = History(space, seed, 40, p => 10 * Math.Pow(p[0] - 0.5, 2) + Math.Pow(p[1] - 0.3, 2) + (double.IsNaN(p[2]) ? 0 : 0.2), _ => []);
            var proposal = Propose(space, history);
            Assert.True(proposal is null || double.IsNaN(proposal.Point[2]) == double.IsNaN(history.Best!.Point[2]));
            made += proposal is null ? 0 : 1;
        }

        Assert.NotEqual(0, made);
    }

    private static Proposal? Propose(SearchSpace space, int seed, int count, Func<double[], double> loss) => Propose(space, History(space, seed, count, loss, _ => []));

    private static Proposal? Propose(SearchSpace space, TrialHistory history) => LocalQuadratic.Propose(space, history, new GaussianProcessSampler().ModelOf(space, history)!);

    // Points drawn evenly from a part of the space around its centre.
    private static TrialHistory History(SearchSpace space, int seed, int count, Func<double[], double> loss, Func<double[], double[]> violations, Func<int, double>? part = null)
    {
        var random = new Xoshiro256StarStar((ulong)seed + 1);
        var shape = new PointShape(space);
        return TrialHistory.Create(space, Enumerable.Range(0, count).Select(number =>
        {
            var point = shape.Of([.. space.Select(_ => 0.5 + (part?.Invoke(number) ?? 1) * (random.NextDouble() - 0.5))]);
            return new Observation { Number = number, State = TrialState.Completed, Point = [.. point], Losses = [loss(point)], Violations = [.. violations(point)] };
        }));
    }
}
