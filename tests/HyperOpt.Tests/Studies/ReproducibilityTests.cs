using System.Collections.Immutable;
using HyperOpt.Pruners;
using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Tests.Studies;

/// <summary>The same seed and Lag give the same trials, bit for bit: whatever the parallelism, the delays, the pruning, the split into runs.</summary>
public sealed class ReproducibilityTests
{
    private const int Trials = 40;

    public static TheoryData<string, string, bool> Cases()
    {
        var cases = new TheoryData<string, string, bool>();
        foreach (var sampler in new[] { "random", "grid", "sobol", "neighbour" })
        {
            foreach (var pruner in new[] { "none", "median" })
            {
                cases.Add(sampler, pruner, true);
                cases.Add(sampler, pruner, false);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task TheSameSeedAndLagGiveTheSameTrialsAtAnyParallelism(string sampler, string pruner, bool isDeclared)
    {
        var expected = await RunAsync(sampler, pruner, isDeclared, 1, [Trials], 0);
        foreach (var parallelism in new[] { 1, 2, 4, 8 })
        {
            Assert.Equal(expected, await RunAsync(sampler, pruner, isDeclared, parallelism, [Trials], parallelism));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task ThirteenAndTwentySevenTrialsAreForty(string sampler, string pruner, bool isDeclared)
    {
        var expected = await RunAsync(sampler, pruner, isDeclared, 1, [Trials], 0);
        Assert.Equal(expected, await RunAsync(sampler, pruner, isDeclared, 4, [13, 27], 99));
    }

    [Fact]
    public async Task AnotherSeedGivesOtherTrials()
    {
        var one = await RunAsync("random", "none", true, 1, [Trials], 0);
        var other = await RunAsync("random", "none", true, 1, [Trials], 0, seed: 8);
        Assert.NotEqual(one, other);
    }

    [Fact]
    public async Task AnotherLagGivesOtherTrialsOfASamplerThatLearns()
    {
        var one = await RunAsync("neighbour", "none", true, 1, [Trials], 0);
        var other = await RunAsync("neighbour", "none", true, 1, [Trials], 0, lag: 1);
        Assert.NotEqual(one, other);
    }

    internal static readonly FloatParameter X = Parameter.Float("x", -5, 5);
    internal static readonly IntParameter Depth = Parameter.Int("depth", 1, 9);
    internal static readonly CategoricalParameter<string> Kind = Parameter.Categorical("kind", "plain", "fancy");
    internal static readonly FloatParameter Momentum = Parameter.Float("momentum", 0.01, 1).Log();

    private static async Task<string[]> RunAsync(
        string sampler, string pruner, bool isDeclared, int parallelism, int[] runs, int delays, ulong seed = 7, int lag = 8)
    {
        var study = new Study(new StudyOptions
        {
            Space = isDeclared ? [X, Depth, Kind, Momentum.When(Kind, "fancy")] : SearchSpace.Empty,
            Sampler = SamplerOf(sampler),
            Pruner = pruner == "median" ? new MedianPruner { StartupTrials = 3 } : new NopPruner(),
            Seed = seed,
            Lag = lag,
        });
        foreach (var trials in runs)
        {
            await study.OptimizeAsync(
                (trial, _) => EvaluateAsync(trial, delays),
                new RunOptions { Trials = trials, Parallelism = parallelism }, TestContext.Current.CancellationToken);
        }

        return [.. study.Trials.Select(Fingerprint)];
    }

    private static ISampler SamplerOf(string name) => name switch
    {
        "grid" => new GridSampler { PointsPerAxis = 3 },
        "sobol" => new QuasiRandomSampler(),
        "neighbour" => new NeighbourSampler(),
        _ => new RandomSampler(),
    };

    private static async Task<double> EvaluateAsync(ITrial trial, int delays)
    {
        var loss = Math.Pow(trial.Suggest(X) - 1, 2) + trial.Suggest(Depth);
        loss += trial.Suggest(Kind) == "fancy" ? trial.Suggest(Momentum) : 0.5;
        for (var step = 0; step < 5 && !trial.ShouldPrune; step++)
        {
            // Uneven delays, from the trial's number only, so that trials end in many orders.
            await Task.Delay(delays == 0 ? 0 : (int)((ulong)(trial.Number * 2654435761L + step * 40503L + delays * 977L) % 4), CancellationToken.None);
            trial.Report(step, loss * (2 - step / 5.0));
        }

        return loss;
    }

    private static string Fingerprint(FrozenTrial trial) => string.Join(
        "|", trial.Number, trial.State, trial.Parameters,
        string.Join(",", trial.Values.Select(BitConverter.DoubleToInt64Bits)), trial.Reports.Length);
}

/// <summary>Learns from all it may know: results, points under way, their order. Would betray any difference.</summary>
internal sealed class NeighbourSampler : ISampler
{
    public Proposal Propose(SearchSpace space, TrialHistory history, Random random)
    {
        var center = history.Best?.Point ?? [.. Enumerable.Repeat(0.5, space.Count)];
        var shift = history.Pending.Sum(pending => pending.Point.Where(unit => !double.IsNaN(unit)).Sum());
        return new Proposal(
            [.. center.Select(unit => (((double.IsNaN(unit) ? 0.3 : unit) + 0.2 * random.NextDouble() + 0.01 * shift + 0.001 * history.Count) % 1 + 1) % 1)]);
    }
}
