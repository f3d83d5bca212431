using System.Collections.Immutable;
using HyperOpt.Spaces;
using HyperOpt.Trials;

namespace HyperOpt.Storage.Wire;

/// <summary>Events to records and back.</summary>
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
        },
        StudyAttributeSet set => new EventRecord { Event = "study_attribute", At = set.At, Name = set.Name, Value = ToRecord(set.Value) },
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
        },
        TrialProposed proposed => new EventRecord
        {
            Event = "proposed",
            At = proposed.At,
            Trial = proposed.Number,
            Proposed = ToRecord(proposed.Proposed, spaces),
            Parent = proposed.Parent,
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

    public static StudyEvent FromRecord(EventRecord record, SpaceBook spaces, Dictionary<int, Configuration> begun) => record.Event switch
    {
        "study_created" => new StudyCreated(record.At, Needed(record.Seed), [.. Needed(record.Directions).Select(direction => direction == "minimize" ? 1.0 : -1.0)]) { Id = record.Id ?? "" },
        "study_attribute" => new StudyAttributeSet(record.At, Needed(record.Name), FromRecord(Needed(record.Value))),
        "enqueued" => new TrialEnqueued(record.At, Needed(record.Trial), FromRecord(Needed(record.Fixed), spaces)),
        "started" => new TrialStarted(
            record.At, Needed(record.Trial), Needed(record.Attempt), Needed(record.Worker), Needed(record.IsNew), FromRecordOrNull(record.Proposed, spaces), record.Parent),
        "proposed" => new TrialProposed(record.At, Needed(record.Trial), FromRecord(Needed(record.Proposed), spaces), record.Parent),
        "reported" => new TrialReported(record.At, Needed(record.Trial), Needed(record.Attempt), new Report(Needed(record.Step), Needed(record.Values))),
        "released" => new TrialReleased(record.At, Needed(record.Trial), Needed(record.Attempt), record.Error ?? "", record.Lost > 0),
        "ended" => new TrialEnded(record.At, Needed(record.Trial), Needed(record.Attempt), StateOf(record))
        {
            Values = record.Values ?? [],
            Parameters = record.Parameters is { } own ? FromRecord(own, spaces) : begun.GetValueOrDefault(Needed(record.Trial), Configuration.Empty),
            Constraints = record.Constraints ?? [],
            Attributes = FromRecord(record.Attributes),
            Error = record.Error,
        },
        "alive" => new WorkerAlive(record.At, Needed(record.Worker)),
        "artifact_saved" => new ArtifactSaved(record.At, Needed(record.Trial), Needed(record.Attempt), Needed(record.Artifacts)[0]),
        "artifact_deleted" => new ArtifactDeleted(record.At, Needed(record.Trial), Needed(record.Name)),
        "trial" => Restored(record, spaces),
        _ => throw new InvalidDataException($"An event must be one that this version knows, but got '{record.Event}'. A newer version wrote it: update this one."),
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
        Constraints = OrNull(restored.Trial.Constraints),
        Attributes = ToRecord(restored.Trial.Attributes),
        Reports = restored.Trial.Reports.IsEmpty ? null : [.. restored.Trial.Reports.Select(report => new ReportRecord { Step = report.Step, Values = report.Values })],
        Artifacts = restored.Trial.Artifacts.IsEmpty ? null : [.. restored.Trial.Artifacts.Values],
        Error = restored.Trial.Error,
        Lost = restored.Lost == 0 ? null : restored.Lost,
        Started = restored.Trial.StartedAt,
        Finished = restored.Trial.FinishedAt,
    };

    private static TrialRestored Restored(EventRecord record, SpaceBook spaces)
    {
        var proposed = FromRecordOrNull(record.Proposed, spaces);
        var trial = new FrozenTrial
        {
            Number = Needed(record.Trial),
            State = StateOf(record),
            Values = record.Values ?? [],
            Parameters = FromRecordOrNull(record.Parameters, spaces) ?? proposed ?? Configuration.Empty,
            Parent = record.Parent,
            Worker = record.Worker,
            Retries = Needed(record.Attempt),
            Constraints = record.Constraints ?? [],
            Attributes = FromRecord(record.Attributes),
            Reports = record.Reports is { } reports ? [.. reports.Select(report => new Report(report.Step, report.Values))] : [],
            Artifacts = record.Artifacts is { } artifacts ? FrozenTrial.NoArtifacts.AddRange(artifacts.Select(artifact => KeyValuePair.Create(artifact.Name, artifact))) : FrozenTrial.NoArtifacts,
            Error = record.Error,
            StartedAt = record.Started,
            FinishedAt = record.Finished,
        };
        return new TrialRestored(record.At, trial, Needed(record.Attempt), record.Lost ?? 0)
        {
            Proposed = proposed,
            Fixed = FromRecordOrNull(record.Fixed, spaces),
            Worker = record.Worker,
        };
    }

    private static bool IsSame(Configuration one, Configuration other) =>
        ReferenceEquals(one.Space, other.Space) && one.Codes.AsSpan().SequenceEqual(other.Codes.AsSpan());

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

        return new ConfigurationRecord { Space = spaces.ToRecord(configuration.Space), Values = values };
    }

    private static Configuration? FromRecordOrNull(ConfigurationRecord? record, SpaceBook spaces) => record is null ? null : FromRecord(record, spaces);

    private static Configuration FromRecord(ConfigurationRecord record, SpaceBook spaces)
    {
        var space = spaces.FromRecord(record.Space);
        var codes = new double[space.Count];
        Array.Fill(codes, double.NaN);
        foreach (var (name, number, text) in record.Values.Items)
        {
            var axis = space.IndexOf(name);
            if (axis < 0 || (text is not null && !space[axis].TryReadCode(text, out codes[axis])))
            {
                throw new InvalidDataException($"A value must be one of its space, but '{name}' has {text}. The record is damaged.");
            }

            codes[axis] = text is null ? number : codes[axis];
        }

        return new Configuration(space, [.. codes]);
    }

    private static ImmutableSortedDictionary<string, AttributeRecord>? ToRecord(ImmutableSortedDictionary<string, AttributeValue> attributes) =>
        attributes.IsEmpty ? null : attributes.ToImmutableSortedDictionary(pair => pair.Key, pair => ToRecord(pair.Value), StringComparer.Ordinal);

    private static ImmutableSortedDictionary<string, AttributeValue> FromRecord(ImmutableSortedDictionary<string, AttributeRecord>? attributes) =>
        attributes is null ? FrozenTrial.NoAttributes : attributes.ToImmutableSortedDictionary(pair => pair.Key, pair => FromRecord(pair.Value), StringComparer.Ordinal);

    private static AttributeRecord ToRecord(AttributeValue value) =>
        value.Text is { } text ? new AttributeRecord { Text = text }
        : value.Truth is { } truth ? new AttributeRecord { Truth = truth }
        : new AttributeRecord { Number = value.Number };

    private static AttributeValue FromRecord(AttributeRecord record) =>
        record.Text is { } text ? text : record.Truth is { } truth ? truth : record.Number ?? double.NaN;

    private static ImmutableArray<double>? OrNull(ImmutableArray<double> values) => values.IsDefaultOrEmpty ? null : values;

    private static TrialState StateOf(EventRecord record) =>
        Enum.TryParse<TrialState>(Needed(record.State), out var state) ? state : throw new InvalidDataException($"A state must be one of a trial's, but got '{record.State}'.");

    private static T Needed<T>(T? field, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(field))] string name = "")
        where T : struct => field ?? throw new InvalidDataException($"An event must have all its fields, but {name} is missing. The record is damaged.");

    private static T Needed<T>(T? field, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(field))] string name = "")
        where T : class => field ?? throw new InvalidDataException($"An event must have all its fields, but {name} is missing. The record is damaged.");
}
