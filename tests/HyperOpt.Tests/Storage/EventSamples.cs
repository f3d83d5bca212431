using HyperOpt.Spaces;
using HyperOpt.Storage;
using HyperOpt.Trials;

namespace HyperOpt.Tests.Storage;

/// <summary>One event of each kind, as docs/journal-format.md shows them.</summary>
internal static class EventSamples
{
    private static readonly CategoricalParameter<string> Optimizer = Parameter.Categorical("optimizer", "Adam", "Sgd");

    private static readonly SearchSpace Space =
        [Parameter.Float("rate", 1e-5, 0.1).Log(), Parameter.Int("layers", 1, 8), Optimizer, Parameter.Float("momentum", 0, 1).Step(0.25).When(Optimizer, "Sgd")];

    private static readonly SearchSpace Wider = [Parameter.Float("rate", 1e-5, 1).Log(), Parameter.Int("depth", 1, 8), Optimizer];

    private static DateTimeOffset At(int second) => new(2026, 11, 21, 12, 0, second, TimeSpan.Zero);

    public static StudyEvent[] All()
    {
        var given = new Configuration([Parameter.Int("layers", 1, 8)], [3]);
        var begun = new Configuration(Space, [0.001, 3, 1, 0.75]);
        var restored = new FrozenTrial
        {
            Number = 1,
            State = TrialState.Pruned,
            Values = [0.5],
            Parameters = begun,
            Reports = [new Report(0, [0.75]), new Report(1, [0.5])],
            Parent = 0,
            Worker = "host/b/2/3/1",
            Retries = 2,
            StartedAt = At(20),
            FinishedAt = At(21),
        };
        return
        [
            new StudyCreated(At(0), 42, [1, -1]) { Id = "00112233445566778899aabbccddeeff", Sources = [new StudySource("letters", [new SourceTrial(given, [0.25, -3]), new SourceTrial(given, [0.5, -4])])] },
            new StudyAttributeSet(At(1), "データ", "digits, größer als 3"),
            new TrialEnqueued(At(2), 0, given),
            new TrialStarted(At(3), 0, 0, "host/b/1/2/1", false, null, null),
            new TrialProposed(At(4), 0, begun, null),
            new TrialReported(At(5), 0, 0, new Report(1, [0.25, double.NaN])),
            new WorkerAlive(At(6), "host/b/1/2/1"),
            new TrialReleased(At(7), 0, 0, "its worker host/b/1/2/1 died", true),
            new TrialStarted(At(8), 0, 1, "host/b/2/3/1", false, begun, null),
            new ArtifactSaved(At(9), 0, 1, new Artifact("model.bin", 12, "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "0-1-0")),
            new TrialEnded(At(10), 0, 1, TrialState.Completed)
            {
                Values = [0.125, double.PositiveInfinity],
                Parameters = begun,
                Constraints = [-1],
                Attributes = FrozenTrial.NoAttributes.Add("note", "fine").Add("score", 0.5).Add("useful", true),
            },
            new ArtifactDeleted(At(11), 0, "model.bin"),
            new TrialStarted(At(12), 1, 0, "host/b/2/3/1", true, new Configuration(Space, [0.01, 2, 0, double.NaN]), 0),
            new TrialEnded(At(13), 1, 0, TrialState.Failed) { Parameters = new Configuration(Space, [0.01, double.NaN, double.NaN, double.NaN]), Error = "FormatException: no" },
            new TrialStarted(At(14), 2, 0, "host/b/2/3/1", true, new Configuration(Space, [0.01, 4, 0, double.NaN]), null)
            {
                Reason = new ProposalReason("log expected improvement") { Choice = "Gaussian process: few trials", Acquisition = -1.5, Mean = 0.25, Spread = double.PositiveInfinity },
            },
            new TrialEnded(At(15), 2, 0, TrialState.Pruned)
            {
                Values = [0.75],
                Parameters = new Configuration(Space, [0.01, 4, 0, double.NaN]),
                Pruning = new PruningDecision
                {
                    Rule = "MedianPruner",
                    Step = 3,
                    Reason = "its best loss, 0.75, is above the 50th percentile of 9 completed trials at this step; 6 of them were better",
                    Figures = PruningDecision.NoFigures.Add("best", 0.75).Add("limit", double.PositiveInfinity),
                },
            },
            new SpaceChanged(At(16), 1, 3, Wider,
            [
                SpaceChange.Redefine(Wider[0]), SpaceChange.Rename("layers", "depth"), SpaceChange.Add(Optimizer, "Adam"), SpaceChange.Drop("momentum"),
            ]),
            new TrialStarted(At(17), 3, 0, "host/b/2/3/1", true, new Configuration(Wider, [0.5, 3, 1], 1), null),
            new TrialRestored(At(30), restored, 2, 1) { Proposed = begun, Worker = "host/b/2/3/1" },
        ];
    }
}
