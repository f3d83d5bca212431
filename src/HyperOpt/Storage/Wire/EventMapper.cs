using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using HyperOpt.Spaces;
using HyperOpt.Trials;

namespace HyperOpt.Storage.Wire;

/// <summary>Events to records, and back from the fields that were read.</summary>
internal static class EventMapper
{
    public static EventRecord ToRecord(StudyEvent entry, SpaceBook spaces, Dictionary<int, Configuration> begun) => entry switch
    {
        StudyCreated created => new EventRecord
        {
            Event = "study_created",
            At = created.At,
            Id = created.Id,
            Seed = created.Seed,
            Directions = [.. created.Signs.Select(sign => sign > 0 ? "minimize" : "maximize")],
            Sources = SourceMapper.ToRecords(created.Sources, configuration => ToRecord(configuration, spaces)),
        },
        StudyAttributeSet set => new EventRecord { Event = "study_attribute", At = set.At, Name = set.Name, Value = ToRecord(set.Value) },
        SpaceChanged changed => new EventRecord
        {
            Event = "space_changed",
            At = changed.At,
            Version = changed.Version,
            Trials = changed.Trials,
            Space = spaces.ToRecord(changed.Space),
            Changes = ChangeMapper.ToRecords(changed.Changes),
        },
        TrialEnqueued enqueued => new EventRecord { Event = "enqueued", At = enqueued.At, Trial = enqueued.Number, Fixed = ToRecord(enqueued.Fixed, spaces) },
        TrialStarted started => new EventRecord
        {
            Event = "started",
            At = started.At,
            Trial = started.Number,
            Attempt = started.Attempt,
            Worker = started.Worker,
            IsNew = started.IsNew,
            Proposed = ToRecordOrNull(started.Proposed, spaces),
            Parent = started.Parent,
            Reason = ToRecord(started.Reason),
        },
        TrialProposed proposed => new EventRecord
        {
            Event = "proposed",
            At = proposed.At,
            Trial = proposed.Number,
            Proposed = ToRecord(proposed.Proposed, spaces),
            Parent = proposed.Parent,
            Reason = ToRecord(proposed.Reason),
        },
        TrialReported reported => new EventRecord
        {
            Event = "reported",
            At = reported.At,
            Trial = reported.Number,
            Attempt = reported.Attempt,
            Step = reported.Report.Step,
            Values = reported.Report.Values,
        },
        TrialReleased released => new EventRecord
        {
            Event = "released",
            At = released.At,
            Trial = released.Number,
            Attempt = released.Attempt,
            Error = released.Reason,
            Lost = released.IsLost ? 1 : null,
        },
        TrialEnded ended => ToRecord(ended, spaces, begun),
        WorkerAlive alive => new EventRecord { Event = "alive", At = alive.At, Worker = alive.Worker },
        ArtifactSaved saved => new EventRecord
        {
            Event = "artifact_saved",
            At = saved.At,
            Trial = saved.Number,
            Attempt = saved.Attempt,
            Artifacts = [saved.Artifact],
        },
        ArtifactDeleted deleted => new EventRecord { Event = "artifact_deleted", At = deleted.At, Trial = deleted.Number, Name = deleted.Name },
        TrialRestored restored => ToRecord(restored, spaces),
        _ => throw new InvalidOperationException($"The events of a study are those of the library, but got {entry.GetType()}. Use them."),
    };

    public static StudyEvent FromFields(in EventFields fields, Dictionary<int, Configuration> begun) => fields.Event switch
    {
        "study_created" => new StudyCreated(At(fields), Needed(fields.Seed), Needed(fields.Signs)) { Id = fields.Id ?? "", Sources = fields.Sources ?? [] },
        "study_attribute" => new StudyAttributeSet(At(fields), Needed(fields.Name), Needed(fields.Value)),
        "space_changed" => new SpaceChanged(
            At(fields), Needed(fields.Version), Needed(fields.Trials), Needed(fields.Space), ChangeMapper.FromRecords(Needed(fields.Changes))),
        "enqueued" => new TrialEnqueued(At(fields), Needed(fields.Trial), Needed(fields.Fixed)),
        "started" => new TrialStarted(
            At(fields), Needed(fields.Trial), Needed(fields.Attempt), Needed(fields.Worker), Needed(fields.IsNew), fields.Proposed, fields.Parent)
        { Reason = fields.Reason },
        "proposed" => new TrialProposed(At(fields), Needed(fields.Trial), Needed(fields.Proposed), fields.Parent) { Reason = fields.Reason },
        "reported" => new TrialReported(At(fields), Needed(fields.Trial), Needed(fields.Attempt), new Report(Needed(fields.Step), Needed(fields.Values))),
        "released" => new TrialReleased(At(fields), Needed(fields.Trial), Needed(fields.Attempt), fields.Error ?? "", fields.Lost > 0),
        "ended" => new TrialEnded(At(fields), Needed(fields.Trial), Needed(fields.Attempt), Needed(fields.State))
        {
            Values = fields.Values ?? [],
            Parameters = fields.Parameters ?? begun.GetValueOrDefault(Needed(fields.Trial), Configuration.Empty),
            Constraints = fields.Constraints ?? [],
            Attributes = fields.Attributes ?? FrozenTrial.NoAttributes,
            Error = fields.Error,
            Pruning = fields.Pruning,
        },
        "alive" => new WorkerAlive(At(fields), Needed(fields.Worker)),
        "artifact_saved" => new ArtifactSaved(At(fields), Needed(fields.Trial), Needed(fields.Attempt), Needed(fields.Artifacts).Values.Single()),
        "artifact_deleted" => new ArtifactDeleted(At(fields), Needed(fields.Trial), Needed(fields.Name)),
        "trial" => Restored(fields),
        _ => throw new InvalidDataException($"An event must be one that this version knows, but got '{fields.Event}'. A newer version wrote it: update this one."),
    };

    private static EventRecord ToRecord(TrialEnded ended, SpaceBook spaces, Dictionary<int, Configuration> begun) => new()
    {
        Event = "ended",
        At = ended.At,
        Trial = ended.Number,
        Attempt = ended.Attempt,
        State = ended.State.ToString(),
        Values = OrNull(ended.Values),
        Parameters = begun.TryGetValue(ended.Number, out var proposed) && IsSame(proposed, ended.Parameters) ? null : ToRecord(ended.Parameters, spaces),
        Constraints = OrNull(ended.Constraints),
        Attributes = ToRecord(ended.Attributes),
        Error = ended.Error,
        Pruning = ToRecord(ended.Pruning),
    };

    private static EventRecord ToRecord(TrialRestored restored, SpaceBook spaces) => new()
    {
        Event = "trial",
        At = restored.At,
        Trial = restored.Trial.Number,
        Attempt = restored.Attempt,
        Worker = restored.Worker,
        State = restored.Trial.State.ToString(),
        Values = OrNull(restored.Trial.Values),
        Parameters = restored.Proposed is { } begun && IsSame(begun, restored.Trial.Parameters) ? null : ToRecord(restored.Trial.Parameters, spaces),
        Proposed = ToRecordOrNull(restored.Proposed, spaces),
        Fixed = ToRecordOrNull(restored.Fixed, spaces),
        Parent = restored.Trial.Parent,
        Reason = ToRecord(restored.Trial.Reason),
        Constraints = OrNull(restored.Trial.Constraints),
        Attributes = ToRecord(restored.Trial.Attributes),
        Reports = restored.Trial.Reports.IsEmpty ? null : [.. restored.Trial.Reports.Select(report => new ReportRecord { Step = report.Step, Values = report.Values })],
        Artifacts = restored.Trial.Artifacts.IsEmpty ? null : [.. restored.Trial.Artifacts.Values],
        Error = restored.Trial.Error,
        Pruning = ToRecord(restored.Trial.Pruning),
        Lost = restored.Lost == 0 ? null : restored.Lost,
        Started = restored.Trial.StartedAt,
        Finished = restored.Trial.FinishedAt,
    };

    private static TrialRestored Restored(in EventFields fields)
    {
        var trial = new FrozenTrial
        {
            Number = Needed(fields.Trial),
            State = Needed(fields.State),
            Values = fields.Values ?? [],
            Parameters = fields.Parameters ?? fields.Proposed ?? Configuration.Empty,
            Parent = fields.Parent,
            Reason = fields.Reason,
            Worker = fields.Worker,
            Retries = Needed(fields.Attempt),
            Constraints = fields.Constraints ?? [],
            Attributes = fields.Attributes ?? FrozenTrial.NoAttributes,
            Reports = fields.Reports ?? [],
            Artifacts = fields.Artifacts ?? FrozenTrial.NoArtifacts,
            Error = fields.Error,
            Pruning = fields.Pruning,
            StartedAt = fields.Started,
            FinishedAt = fields.Finished,
        };
        return trial.State == TrialState.Running && trial.Worker is null
            ? throw new InvalidDataException($"A running trial must have a worker, but trial {trial.Number} has none. The record is damaged.")
            : new TrialRestored(At(fields), trial, trial.Retries, fields.Lost ?? 0) { Proposed = fields.Proposed, Fixed = fields.Fixed, Worker = fields.Worker };
    }

    private static bool IsSame(Configuration one, Configuration other) =>
        ReferenceEquals(one.Space, other.Space) && one.Version == other.Version
        && MemoryMarshal.Cast<double, long>(one.Codes.AsSpan()).SequenceEqual(MemoryMarshal.Cast<double, long>(other.Codes.AsSpan())); // -0 is not 0

    private static ConfigurationRecord? ToRecordOrNull(Configuration? configuration, SpaceBook spaces) => configuration is null ? null : ToRecord(configuration, spaces);

    private static ConfigurationRecord ToRecord(Configuration configuration, SpaceBook spaces)
    {
        var values = new WireValues();
        for (var axis = 0; axis < configuration.Codes.Length; axis++)
        {
            var (parameter, code) = (configuration.Space[axis], configuration.Codes[axis]);
            if (!double.IsNaN(code))
            {
                values.Items.Add((parameter.Name, code, parameter is FloatParameter or IntParameter ? null : parameter.TextOf(code)));
            }
        }

        return new ConfigurationRecord { Space = spaces.ToRecord(configuration.Space), Version = configuration.Version == 0 ? null : configuration.Version, Values = values };
    }

    private static ImmutableSortedDictionary<string, AttributeRecord>? ToRecord(ImmutableSortedDictionary<string, AttributeValue> attributes) =>
        attributes.IsEmpty ? null : attributes.ToImmutableSortedDictionary(pair => pair.Key, pair => ToRecord(pair.Value), StringComparer.Ordinal);

    private static AttributeRecord ToRecord(AttributeValue value) =>
        value.Text is { } text ? new AttributeRecord { Text = text }
        : value.Truth is { } truth ? new AttributeRecord { Truth = truth }
        : new AttributeRecord { Number = value.Number };

    private static PruningRecord? ToRecord(PruningDecision? decision) => decision is null ? null : new PruningRecord
    {
        Rule = decision.Rule,
        Step = decision.Step,
        Reason = decision.Reason,
        Figures = decision.Figures.IsEmpty ? null : decision.Figures,
    };

    private static ReasonRecord? ToRecord(ProposalReason? reason) => reason is null ? null : new ReasonRecord
    {
        Strategy = reason.Strategy,
        Choice = reason.Choice,
        Model = reason.Model,
        Acquisition = reason.Acquisition,
        Mean = reason.Mean,
        Spread = reason.Spread,
        Fallback = reason.Fallback,
    };

    private static ImmutableArray<double>? OrNull(ImmutableArray<double> values) => values.IsDefaultOrEmpty ? null : values;

    private static DateTimeOffset At(in EventFields fields) => Needed(fields.At);

    private static T Needed<T>(T? field, [CallerArgumentExpression(nameof(field))] string name = "")
        where T : struct => field ?? throw new InvalidDataException($"An event must have all its fields, but {name[7..]} is missing. The record is damaged.");

    private static T Needed<T>(T? field, [CallerArgumentExpression(nameof(field))] string name = "")
        where T : class => field ?? throw new InvalidDataException($"An event must have all its fields, but {name[7..]} is missing. The record is damaged.");
}
