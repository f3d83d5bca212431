using System.Globalization;
using HyperOpt;
using HyperOpt.PostgreSql;
using HyperOpt.Pruners;
using HyperOpt.Spaces;
using HyperOpt.Sqlite;
using HyperOpt.Storage;

// A worker to be killed: storm-worker <kind> <place> <trials of the study>. Works on study "storm" until that has so many trials.
IStorage storage = args[0] == "sqlite" ? new SqliteStorage(args[1]) : new PostgreSqlStorage(args[1]);
var x = Parameter.Float("x", 0, 1);
await using var study = await Study.OpenAsync(new StudyOptions { Name = "storm", Space = [x], Storage = storage, Seed = 1, Pruner = new NopPruner(), MaxRetries = 1000 });
await study.OptimizeAsync(
    async (trial, token) =>
    {
        var value = trial.Suggest(x);
        for (var step = 0; step < 3; step++)
        {
            trial.Report(step, value + step);
            await Task.Delay(5 + (trial.Number % 7), token);
        }

        return value;
    },
    new RunOptions { StudyTrials = int.Parse(args[2], CultureInfo.InvariantCulture), Reproducible = false });
