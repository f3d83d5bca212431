using System.Globalization;
using HyperOpt.Storage.Tests.PostgreSql;
using HyperOpt.StormWorker;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Storage.Tests;

/// <summary>Processes that train one population over each storage, killed in the middle of intervals: nothing is lost, nothing is trained twice, and the disk holds what it should.</summary>
public sealed class PopulationStormTests(PostgreSqlCluster cluster) : IDisposable
{
    private const int Workers = 3;
    private const int Trials = 60;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("journal")]
    [InlineData("sqlite")]
    [InlineData("postgresql")]
    public async Task GenerationsComeOutAsIfNobodyHadBeenKilled(string kind)
    {
        var place = PlaceOf(kind);
        var kills = await StormAsync(kind, place, generations: true);
        await using var study = await OpenAsync(kind, place, true);
        await using var alone = await Study.OpenAsync(PopulationStorm.OptionsFor(new InMemoryStorage(), new InMemoryArtifactStore(), true), Token);
        await PopulationStorm.TrainAsync(alone, Trials, true, TimeSpan.Zero, () => { });
        Assert.Equal(alone.Trials.Select(PopulationStorm.Fingerprint), study.Trials.Select(PopulationStorm.Fingerprint));
        await AssertTrainedOnceAsync(study, kills);
    }

    [Theory]
    [InlineData("journal")]
    [InlineData("sqlite")]
    [InlineData("postgresql")]
    public async Task MembersThatDoNotWaitAreTrainedToTheEnd(string kind)
    {
        var place = PlaceOf(kind);
        var kills = await StormAsync(kind, place, generations: false);
        await using var study = await OpenAsync(kind, place, false);
        Assert.Equal(PopulationStorm.Population, study.Trials.Count(trial => trial.Parent is null));
        await AssertTrainedOnceAsync(study, kills);
    }

    private static async Task AssertTrainedOnceAsync(Study study, int kills)
    {
        Assert.True(kills >= 3, $"Only {kills} were killed: the storm was too short to say anything.");
        Assert.Equal(Trials, study.Trials.Count(trial => trial.State == TrialState.Completed));
        Assert.NotEqual(0, study.Trials.Sum(trial => trial.Retries));
        var kept = 0;
        foreach (var trial in study.Trials)
        {
            // Each interval was trained from its parent's checkpoint, once: none of an attempt that was cut off.
            if (await PopulationStorm.StepsOfAsync(study, trial, Token) is { } steps)
            {
                Assert.Equal(PopulationStorm.StepsOfInterval * study.Schedule(trial).Intervals.Length, steps);
                kept++;
            }
        }

        Assert.InRange(kept, 2 * PopulationStorm.Population, 2 * PopulationStorm.Population + 1);
    }

    private async Task<int> StormAsync(string kind, string place, bool generations)
    {
        WorkerProcess Start() => new(
            "population", kind, place, Artifacts, Trials.ToString(CultureInfo.InvariantCulture), "2000", generations.ToString());
        var kills = 0;
        var running = Enumerable.Range(0, Workers).Select(_ => Start()).ToList();
        try
        {
            while (running.TrueForAll(worker => !worker.HasSucceeded))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(150 + (97 * kills % 200)), Token);
                AssertNoErrors(running);
                if (running.Find(worker => worker.HasBegun) is { } victim && kills < 4 && victim.TryKill())
                {
                    kills++;
                    running.Remove(victim);
                    victim.Dispose();
                    running.Add(Start());
                }
            }

            await Task.WhenAll(running.Select(worker => worker.ExitAsync(TimeSpan.FromMinutes(3), Token)));
            AssertNoErrors(running);
            var files = Directory.EnumerateFiles(Artifacts, "*", SearchOption.AllDirectories).Count();
            Assert.InRange(files, 1, 2 * PopulationStorm.Population + 1 + kills); // those of which the killed left a part are cleaned away by who saves next
            return kills;
        }
        finally
        {
            running.ForEach(worker => worker.Dispose());
        }
    }

    // A collection's failure would show but the beginning of what went wrong.
    private static void AssertNoErrors(List<WorkerProcess> workers)
    {
        var errors = string.Join('\n', workers.Select(worker => worker.Error).OfType<string>());
        Assert.True(errors.Length == 0, errors);
    }

    private string Artifacts => _folder.File("artifacts");

    private string PlaceOf(string kind) => kind == "postgresql" ? cluster.ConnectionString : _folder.File($"population.{kind}");

    private ValueTask<Study> OpenAsync(string kind, string place, bool generations) => Study.OpenAsync(
        PopulationStorm.OptionsFor(Storm.Open(kind, place), new FileArtifactStore(Artifacts), generations) with { Mode = OpenMode.Read, Seed = null }, Token);
}
