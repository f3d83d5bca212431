using System.Globalization;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Storage.Tests.Views;

/// <summary>The views of a database show what the library shows.</summary>
public abstract class ViewContract : IAsyncDisposable
{
    private Study? _played; // stays open, so that a trial stays under way

    public virtual async ValueTask DisposeAsync()
    {
        if (_played is not null)
        {
            await _played.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    protected abstract IStorage CreateStorage();

    /// <summary>The rows of a query over the views of the storage: numbers, text, null; times as DateTime in UTC.</summary>
    protected abstract Task<object?[][]> QueryAsync(IStorage storage, string sql);

    [Fact]
    public async Task TrialsAreThoseOfTheStudy()
    {
        var (storage, trials) = await PlayedAsync();
        var rows = await QueryAsync(
            storage, "SELECT trial, state, value, started, finished, duration, worker, retries, parent, feasible, error, study FROM hyperopt_trials ORDER BY trial");
        Assert.Equal(trials.Length, rows.Length);
        foreach (var (trial, row) in trials.Zip(rows))
        {
            Assert.Equal(trial.Number, Convert.ToInt32(row[0], CultureInfo.InvariantCulture));
            Assert.Equal(trial.State.ToString(), row[1]);
            AssertNumber(trial.Values.IsEmpty ? null : trial.Values[0], row[2]);
            AssertTime(trial.State == TrialState.Waiting ? null : trial.StartedAt, row[3]);
            AssertTime(trial.FinishedAt, row[4]);
            Assert.Equal(trial.Duration?.TotalSeconds ?? 0.0, Convert.ToDouble(row[5] ?? 0.0, CultureInfo.InvariantCulture), 0.0021);
            Assert.Equal(trial.Worker, row[6]);
            Assert.Equal(trial.Retries, Convert.ToInt32(row[7], CultureInfo.InvariantCulture));
            Assert.Equal(trial.Parent, row[8] is null ? null : (int?)Convert.ToInt32(row[8], CultureInfo.InvariantCulture));
            Assert.Equal(IsOver(trial) ? trial.IsFeasible : (bool?)null, row[9] is null ? null : Convert.ToBoolean(row[9], CultureInfo.InvariantCulture));
            Assert.Equal(trial.Error, row[10]);
            Assert.Equal(ViewScene.Name, row[11]);
        }
    }

    [Fact]
    public async Task ParametersAreThoseOfTheTrials()
    {
        var (storage, trials) = await PlayedAsync();
        var rows = await QueryAsync(storage, "SELECT trial, name, number, text FROM hyperopt_params ORDER BY trial, name");
        var expected = trials
            .SelectMany(trial => trial.Parameters.Select(pair => (trial.Number, pair.Key, pair.Value)))
            .OrderBy(parameter => parameter.Number).ThenBy(parameter => parameter.Key, StringComparer.Ordinal).ToArray();
        Assert.Equal(expected.Length, rows.Length);
        foreach (var ((number, name, value), row) in expected.Zip(rows))
        {
            Assert.Equal((number, name), (Convert.ToInt32(row[0], CultureInfo.InvariantCulture), row[1]));
            AssertNumber(value is string ? null : Convert.ToDouble(value, CultureInfo.InvariantCulture), row[2]);
            if (value is string)
            {
                Assert.Equal(value, row[3]);
            }
            else
            {
                Assert.Equal(Convert.ToDouble(value, CultureInfo.InvariantCulture), double.Parse((string)row[3]!, CultureInfo.InvariantCulture), 1e-12);
            }
        }
    }

    [Fact]
    public async Task ReportsAreThoseOfTheTrials()
    {
        var (storage, trials) = await PlayedAsync();
        var rows = await QueryAsync(storage, "SELECT trial, step, value FROM hyperopt_reports ORDER BY trial, step");
        var expected = trials.SelectMany(trial => trial.Reports.OrderBy(report => report.Step).Select(report => (trial.Number, report))).ToArray();
        Assert.Equal(
            expected.Select(item => $"{item.Number} {item.report.Step}"), rows.Select(row => string.Create(CultureInfo.InvariantCulture, $"{row[0]} {row[1]}")));
        Assert.All(expected.Zip(rows), pair => AssertNumber(pair.First.report.Values[0], pair.Second[2]));
    }

    [Fact]
    public async Task StudiesAreCounted()
    {
        var (storage, trials) = await PlayedAsync();
        await (await storage.OpenAsync("empty", OpenMode.OpenOrCreate, TestContext.Current.CancellationToken)).DisposeAsync();
        var rows = await QueryAsync(storage, "SELECT study, trials, waiting, running, completed, pruned, failed, best FROM hyperopt_studies ORDER BY trials");
        Assert.Equal(["empty", 0, 0, 0, 0, 0, 0, null], rows[0].Select(Plain));
        int Count(TrialState state) => trials.Count(trial => trial.State == state);
        Assert.Equal(
            [ViewScene.Name, trials.Length, Count(TrialState.Waiting), Count(TrialState.Running), Count(TrialState.Completed), Count(TrialState.Pruned), Count(TrialState.Failed)],
            rows[1][..7].Select(Plain));
        AssertNumber(trials.Where(trial => trial.State == TrialState.Completed && trial.IsFeasible).Max(trial => trial.Value), rows[1][7]);
    }

    [Fact]
    public async Task SeveralObjectivesStandInAllValues()
    {
        var storage = CreateStorage();
        await using var study = await Study.OpenAsync(
            new StudyOptions { Name = "two", Storage = storage, Directions = [Direction.Minimize, Direction.Maximize] }, TestContext.Current.CancellationToken);
        study.Tell(study.Ask(), 1.5, 2.5);
        var row = Assert.Single(await QueryAsync(storage, "SELECT \"values\", value FROM hyperopt_trials WHERE study = 'two'"));
        Assert.Equal("1.5,2.5", row[0] is double[] values ? string.Join(',', values.Select(value => value.ToString(CultureInfo.InvariantCulture))) : ((string)row[0]!).Trim('[', ']'));
        Assert.Null(Assert.Single(await QueryAsync(storage, "SELECT best FROM hyperopt_studies WHERE study = 'two'"))[0]);
        AssertNumber(1.5, row[1]);
    }

    [Fact]
    public async Task EveryQueryOfThePageOnStorageRuns()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "storage.md"), TestContext.Current.CancellationToken);
        var queries = page.Split("```sql\n").Skip(1).Select(part => part.Split("```")[0].Replace("'digits'", $"'{ViewScene.Name.Replace("'", "''", StringComparison.Ordinal)}'", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(queries);
        var (storage, _) = await PlayedAsync();
        foreach (var query in queries)
        {
            Assert.NotEmpty(await QueryAsync(storage, query));
        }
    }

    private static bool IsOver(FrozenTrial trial) => trial.State is TrialState.Completed or TrialState.Pruned or TrialState.Failed;

    private static object? Plain(object? value) => value is long number ? (int)number : value;

    // SQL's null stands for NaN in SQLite, which has none.
    private static void AssertNumber(double? expected, object? actual)
    {
        if (expected is null || double.IsNaN(expected.Value))
        {
            Assert.True(actual is null or double.NaN, $"Expected {expected}, but got {actual}.");
        }
        else
        {
            Assert.Equal(expected.Value, Convert.ToDouble(actual, CultureInfo.InvariantCulture));
        }
    }

    private static void AssertTime(DateTimeOffset? expected, object? actual)
    {
        Assert.Equal(expected is null, actual is null);
        if (expected is { } time)
        {
            Assert.Equal(time.UtcDateTime, (DateTime)actual!, TimeSpan.FromMilliseconds(1.1));
        }
    }

    private async Task<(IStorage Storage, FrozenTrial[] Trials)> PlayedAsync()
    {
        var storage = CreateStorage();
        _played = await ViewScene.PlayAsync(storage);
        await using var reader = await Study.OpenAsync(ViewScene.Options(storage) with { Mode = OpenMode.Read }, TestContext.Current.CancellationToken);
        return (storage, [.. reader.Trials]);
    }
}
