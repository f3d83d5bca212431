using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Storage;
using HyperOpt.Tests.Support;
using HyperOpt.Trials;
using Xunit;
using static HyperOpt.Tests.Support.PopulationScene;

namespace HyperOpt.Tests.Studies;

/// <summary>Generations are the same, bit for bit: parameters, parents, hashes of checkpoints, values.</summary>
public sealed class PopulationReproducibilityTests
{
    private const int Trials = 60;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(13)]
    public async Task AtAnyParallelismAndHoweverUnevenTheIntervals(int parallelism)
    {
        using var one = new Study(Options(8));
        Train(one, Trials);
        for (var delays = 1; delays <= 3; delays++)
        {
            using var many = new Study(Options(8));
            await TrainAsync(many, Trials, parallelism, delays);
            AssertSame(one, many);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(8)]
    public async Task WithABanditToo(int parallelism)
    {
        var options = Options(8) with { Sampler = new PopulationBasedSampler { Population = 8, Explore = Explore.Bandit() } };
        using var one = new Study(options);
        Train(one, Trials);
        using var parts = new Study(options);
        await TrainAsync(parts, 29, parallelism, 1);
        await TrainAsync(parts, Trials - 29, parallelism, 2);
        AssertSame(one, parts);
        using var perturbed = new Study(Options(8));
        Train(perturbed, Trials);
        Assert.NotEqual(perturbed.Trials.Select(Fingerprint), one.Trials.Select(Fingerprint));
    }

    [Fact]
    public async Task InRunsThatEndInTheMiddleOfAGeneration()
    {
        using var one = new Study(Options(8));
        Train(one, Trials);
        using var parts = new Study(Options(8));
        await TrainAsync(parts, 13, 3, 1);
        Train(parts, 22);
        await TrainAsync(parts, 25, 8, 2);
        AssertSame(one, parts);
    }

    [Fact]
    public async Task OverRunsThatAreCutOffAndStudiesThatAreOpenedAgain()
    {
        using var one = new Study(Options(8));
        Train(one, Trials);
        using var folder = new TempFolder();
        var retries = 0;
        for (var cut = 0; ; cut++)
        {
            await using var study = await Study.OpenAsync(Options(8) with { Storage = new JournalStorage(folder["study.journal"]), Artifacts = null, MaxRetries = 1000 }, Token);
            using var stop = new CancellationTokenSource();
            var left = 3 + cut % 5; // intervals to go until it is cut off
            try
            {
                await study.TrainPopulationAsync(
                    Create,
                    async (weight, trial, token) =>
                    {
                        await Task.Yield();
                        if (Interlocked.Decrement(ref left) == 0)
                        {
                            await stop.CancelAsync(); // others are in their midst
                        }

                        token.ThrowIfCancellationRequested();
                        return Step(weight, trial);
                    },
                    SaveAsync, LoadAsync, new RunOptions { StudyTrials = Trials, Parallelism = 4 }, stop.Token);
                AssertSame(one, study);
                retries = study.Trials.Sum(trial => trial.Retries);
                break;
            }
            catch (OperationCanceledException)
            {
                Assert.True(cut < 100, "It comes to no end.");
            }
        }

        Assert.True(retries > 3, $"Only {retries} intervals were cut off.");
    }

    [Fact]
    public async Task WithALagMembersLearnFromTheLatestResultsThatItAllows()
    {
        var options = Options(8) with { Lag = 4 };
        using var one = new Study(options);
        Train(one, Trials);
        using var many = new Study(options);
        await TrainAsync(many, Trials, 4, 2);
        AssertSame(one, many);
        using var generations = new Study(Options(8));
        Train(generations, Trials);
        Assert.NotEqual(generations.Trials.Select(Fingerprint), one.Trials.Select(Fingerprint));
    }

    [Fact]
    public void ALagAboveThePopulationIsAnError()
    {
        using var study = new Study(Options(4) with { Lag = 8 });
        Assert.Contains("Take a Population at least as large as the Lag", Assert.Throws<InvalidOperationException>(() => Train(study, 20)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AGenerationLearnsFromTheWholeOneBefore()
    {
        var seen = new List<(int Number, int Count)>();
        var sampler = new Spy(new PopulationBasedSampler { Population = 5 }, history => seen.Add((history.Number, history.Count)));
        using var study = new Study(Options() with { Sampler = sampler });
        Train(study, 20);
        Assert.Equal(Enumerable.Range(0, 20).Select(number => (number, number / 5 * 5)), seen);
    }

    internal static Task<FrozenTrial> TrainAsync(Study study, int trials, int parallelism, int delays, bool reproducible = true) => study.TrainPopulationAsync(
        Create,
        async (weight, trial, token) =>
        {
            await Task.Delay((int)((ulong)(trial.Number * 2654435761L + delays * 977L) % 4), token);
            return Step(weight, trial);
        },
        SaveAsync,
        LoadAsync,
        new RunOptions { Trials = trials, Parallelism = parallelism, Reproducible = reproducible },
        Token);

    internal static Task SaveAsync(Weight weight, Stream stream, CancellationToken token) => stream.WriteAsync(Bytes(weight), token).AsTask();

    internal static Task<Weight> LoadAsync(ITrial trial, Stream stream, CancellationToken token) => Task.FromResult(Load(trial, stream));

    private static void AssertSame(Study expected, Study actual) => Assert.Equal(expected.Trials.Select(Fingerprint), actual.Trials.Select(Fingerprint));

    private sealed class Spy(PopulationBasedSampler inner, Action<TrialHistory> see) : IPopulationSampler
    {
        public int Population => inner.Population;

        public Proposal? Propose(SearchSpace space, TrialHistory history, Random random)
        {
            see(history);
            return inner.Propose(space, history, random);
        }
    }
}
