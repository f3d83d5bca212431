using HyperOpt.Pruners;
using HyperOpt.Spaces;
using HyperOpt.Trials;
using Xunit;

namespace HyperOpt.Storage.Tests.Views;

/// <summary>A study in which everything happens that the views show.</summary>
internal static class ViewScene
{
    public const string Name = "it's a \"scene\" ü🧪";

    private static readonly FloatParameter Rate = Parameter.Float("learning rate", 1e-5, 1).Log();
    private static readonly IntParameter Depth = Parameter.Int("depth", 1, 9);
    private static readonly CategoricalParameter<string> Kind = Parameter.Categorical("kind", "it's plain", "\"fancy\" ü");
    private static readonly FloatParameter Momentum = Parameter.Float("momentum", 0, 0.5).When(Kind, "\"fancy\" ü");

    public static StudyOptions Options(IStorage storage, string name = Name) => new()
    {
        Name = name,
        Space = [Rate, Depth, Kind, Momentum],
        Storage = storage,
        Pruner = new NopPruner(),
        Direction = Direction.Maximize,
        Seed = ulong.MaxValue,
        Lease = TimeSpan.FromHours(1),
    };

    /// <summary>Fills the study; it stays open, so that a trial stays under way.</summary>
    public static async Task<Study> PlayAsync(IStorage storage)
    {
        var token = TestContext.Current.CancellationToken;
        var study = await Study.OpenAsync(Options(storage), token);
        study.Tell(Asked(study, [1.5, double.PositiveInfinity, double.NaN]), 0.25);
        study.Tell(Asked(study, []), double.NegativeInfinity);
        study.TellPruned(Asked(study, [3, 2.5]));
        study.Tell(Asked(study, []), double.NaN);
        study.TellFailed(Asked(study, []), "it's broken");
        Constrained(study, 1.5, 0.9);
        Constrained(study, double.PositiveInfinity, 0.8);
        Constrained(study, -1, 0.5);
        study.Enqueue(Rate.Is(0.125), Depth.Is(4));
        var underWay = study.Ask();
        underWay.Report(7, 1e-300);
        await LoseAsync(study, storage, token);
        study.Enqueue(Rate.Is(0.5));
        await RestoreAsync(study, storage, token);
        study.SetAttribute("reports", "are kept back until something else is appended");
        return study;
    }

    private static ITrial Asked(Study study, double[] reports)
    {
        var trial = study.Ask();
        trial.Suggest(Rate);
        trial.Suggest(Depth);
        if (trial.Suggest(Kind) != "it's plain")
        {
            trial.Suggest(Momentum);
        }

        for (var step = 0; step < reports.Length; step++)
        {
            trial.Report(10 * step, reports[step]);
        }

        return trial;
    }

    private static void Constrained(Study study, double violation, double value)
    {
        var trial = Asked(study, []);
        trial.SetConstraints(-1, violation);
        study.Tell(trial, value);
    }

    // A trial is taken from its worker with a report made, and done again; another is taken away and waits.
    private static async Task LoseAsync(Study study, IStorage storage, CancellationToken token)
    {
        await using var log = await storage.OpenAsync(Name, OpenMode.Open, token);
        for (var again = 0; again < 2; again++)
        {
            var lost = Asked(study, [100]);
            study.SetAttribute("appended", $"with the report of {lost.Number}");
            await log.AppendAsync([new TrialReleased(DateTimeOffset.UnixEpoch, lost.Number, 0, "lost", true)], token);
            var taken = study.Ask();
            taken.Report(0, 0.75);
            taken.Report(1, 0.625);
            await log.AppendAsync([new TrialReported(DateTimeOffset.UnixEpoch, lost.Number, 0, new Report(55, [1]))], token); // too late
            await study.TellAsync(taken, 0.375);
        }

        var waits = Asked(study, [100]);
        study.SetAttribute("appended", $"with the report of {waits.Number}");
        await log.AppendAsync([new TrialReleased(DateTimeOffset.UnixEpoch, waits.Number, 0, "lost", true)], token);
    }

    // As copies and compactions write trials.
    private static async Task RestoreAsync(Study study, IStorage storage, CancellationToken token)
    {
        await using var log = await storage.OpenAsync(Name, OpenMode.Open, token);
        var at = new DateTimeOffset(2026, 3, 4, 5, 6, 7, 890, TimeSpan.Zero);
        var space = SearchSpace.Create(Rate, Depth);
        var next = study.Trials.Count;
        var done = new FrozenTrial
        {
            Number = next,
            State = TrialState.Completed,
            Values = [0.0625],
            Parameters = new Configuration(space, [0.25, 3]),
            Reports = [new Report(0, [1.25]), new Report(5, [double.NegativeInfinity])],
            Worker = "elsewhere",
            Retries = 2,
            StartedAt = at,
            FinishedAt = at.AddMilliseconds(1500),
        };
        await log.AppendAsync([new TrialRestored(at, done, 2, 1) { Proposed = done.Parameters, Worker = "elsewhere" }], token);
        var running = new FrozenTrial
        {
            Number = next + 1,
            State = TrialState.Running,
            Parameters = new Configuration(space, [0.75, 2]),
            Reports = [new Report(1, [2.25])],
            Worker = "elsewhere",
            Parent = 0,
            StartedAt = at,
        };
        await log.AppendAsync([new TrialRestored(at, running, 0, 0) { Proposed = running.Parameters, Worker = "elsewhere" }], token);
        await log.AppendAsync([new TrialReported(at, next + 1, 0, new Report(1, [9])), new TrialReported(at, next + 1, 0, new Report(2, [4.5]))], token);
        var waiting = new FrozenTrial { Number = next + 2, State = TrialState.Waiting, Parameters = new Configuration(space, [0.5, double.NaN]) };
        await log.AppendAsync([new TrialRestored(at, waiting, 0, 0) { Fixed = waiting.Parameters }], token);
    }
}
