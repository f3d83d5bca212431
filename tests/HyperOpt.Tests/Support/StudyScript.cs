using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using HyperOpt.Pruners;
using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Storage;
using HyperOpt.Trials;

namespace HyperOpt.Tests.Support;

/// <summary>Studies in which all kinds of things have happened, made from a list of numbers.</summary>
internal static class StudyScript
{
    private static readonly FloatParameter Rate = Parameter.Float("learning rate", 1e-5, 1).Log();
    private static readonly IntParameter Layers = Parameter.Int("layers", -3, 9).Step(3);
    private static readonly CategoricalParameter<string> Kind = Parameter.Categorical("kind,\"odd\"\n", "plain", "=1+1", "a, \"b\"\r\nc", "größe", "'@x");
    private static readonly OrdinalParameter<double> Size = Parameter.Ordinal("-size", -0.5, 1e-300, double.PositiveInfinity);

    public static Gen<int[]> Cases { get; } =
        from length in Gen.Choose(0, 60)
        from steps in Gen.ArrayOf(Gen.Choose(0, 999), length)
        select steps;

    public static Study Create(IStorage storage, int[] steps)
    {
        var study = new Study(new StudyOptions
        {
            Storage = storage,
            Space = steps.Length % 2 == 0 ? [Rate, Layers, Kind, Size.When(Kind, "plain")] : SearchSpace.Empty,
            Directions = [Direction.Minimize, Direction.Maximize],
            Sampler = new FirstIsParent(),
            Pruner = new NopPruner(),
            Seed = (ulong)steps.Length,
        });
        var running = new List<ITrial>();
        foreach (var step in steps)
        {
            Do(study, running, step % 11, step / 11);
        }

        return study;
    }

    /// <summary>All that a trial shows, bit for bit.</summary>
    public static string Describe(FrozenTrial trial)
    {
        var parameters = string.Join(", ", trial.Parameters.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key}={pair.Value}")));
        var attributes = string.Join(", ", trial.Attributes.Select(pair => $"{pair.Key}={pair.Value}/{pair.Value.Text is null}/{pair.Value.Truth}"));
        var reports = string.Join(", ", trial.Reports.Select(report => $"{report.Step}:{Bits(report.Values)}"));
        return $"{trial.Number} {trial.State} ({Bits(trial.Values)}) ({parameters}) ({attributes}) ({reports}) ({Bits(trial.Constraints)}) "
            + $"{trial.Parent} {trial.Worker} {trial.Retries} {trial.Error} {trial.StartedAt:O} {trial.FinishedAt:O}";
    }

    /// <summary>What becomes of a trial where its worker does not work: it waits to be tried.</summary>
    public static FrozenTrial Transplanted(FrozenTrial trial) => trial.State == TrialState.Running
        ? trial with { State = TrialState.Waiting, Worker = null, Retries = trial.Retries + 1, Reports = [], StartedAt = null }
        : trial;

    private static void Do(Study study, List<ITrial> running, int what, int detail)
    {
        var trial = running.Count > 0 ? running[detail % running.Count] : null;
        switch (what)
        {
            case 0:
                study.Enqueue(Layers.Is(-3 + 3 * (detail % 5)), Kind.Is("größe"));
                break;
            case 1:
                study.SetAttribute($"note {detail % 3}", detail % 2 == 0 ? "text\n" : detail);
                break;
            case 2 or 3 or 4:
                running.Add(study.Ask());
                break;
            case var _ when trial is null:
                break;
            case 5:
                Suggest(trial, detail);
                trial.Report(detail % 9, detail / 7.0, detail % 4 == 0 ? double.NaN : double.NegativeInfinity);
                break;
            case 6:
                trial.SetAttribute("=attr", detail % 3 == 0 ? true : detail % 3 == 1 ? -detail / 3.0 : "-1+1|cmd");
                trial.SetConstraints(detail - 40, -0.0);
                break;
            case 7:
                trial.SaveArtifact($"artifact {detail % 2}", Streams.Of($"content {detail}"));
                break;
            case 8:
                Suggest(trial, detail);
                study.Tell(trial, detail / 3.0, detail % 5 == 0 ? double.NaN : double.Epsilon);
                running.Remove(trial);
                break;
            case 9:
                var error = detail % 3 == 0 ? "it's \"broken\",\r\n@home" : null;
                _ = detail % 2 == 0 ? study.TellFailed(trial, error) : study.TellPruned(trial, error);
                running.Remove(trial);
                break;
            case 10:
                study.SetAttribute("last", detail % 2 == 0);
                break;
        }
    }

    private static void Suggest(ITrial trial, int detail)
    {
        trial.Suggest(Rate);
        if (detail % 2 == 0 && trial.Suggest(Kind) == "plain")
        {
            trial.Suggest(Size.When(Kind, "plain"));
        }

        trial.Suggest(Layers);
    }

    private static string Bits(IEnumerable<double> values) => string.Join(" ", values.Select(BitConverter.DoubleToInt64Bits));

    private sealed class FirstIsParent : ISampler
    {
        public Proposal Propose(SearchSpace space, TrialHistory history, Random random) =>
            new([.. space.Select(_ => random.NextDouble())], history.Finished.Count > 2 ? history.Finished[0].Number : null);
    }
}
