using System.Collections.Immutable;
using HyperOpt.Spaces;
using HyperOpt.Trials;

namespace HyperOpt.Engine;

/// <summary>What the events so far say about one trial. Written under the ledger's lock only.</summary>
internal sealed class TrialRecord(int number)
{
    private List<Report>? _reports;

    public int Number { get; } = number;

    public TrialState State { get; set; } = TrialState.Waiting;

    /// <summary>How often the trial was given back.</summary>
    public int Attempt { get; set; }

    /// <summary>How often its worker died.</summary>
    public int Lost { get; set; }

    /// <summary>Who has it, while it is under way.</summary>
    public string? Worker { get; set; }

    /// <summary>The values that were set for it when it was enqueued.</summary>
    public Configuration? Fixed { get; set; }

    /// <summary>What it was begun with. Read without the lock by the index of tried points: a reference is written at once.</summary>
    public Configuration? Proposed { get; set; }

    public int? Parent { get; set; }

    /// <summary>Why it was proposed.</summary>
    public ProposalReason? Reason { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>How many trials had ended when it was begun: what is proposed for it knows them at the least.</summary>
    public int EndedBefore { get; set; }

    /// <summary>How many trials had ended when the last that went on from it did: until then it was needed.</summary>
    public int NeededUntil { get; set; }

    /// <summary>The trial as it ended, in terms of the space that was in force when it began; null before.</summary>
    public FrozenTrial? Original { get; private set; }

    /// <summary>The trial as it ended, in terms of the space in force; null before.</summary>
    public FrozenTrial? Ended { get; private set; }

    public ImmutableArray<Report> Reports => _reports is null ? [] : [.. _reports];

    public ImmutableSortedDictionary<string, Artifact> Artifacts { get; private set; } = FrozenTrial.NoArtifacts;

    /// <summary>
    /// What a waiting trial begins with, in the space in force; null if that is to be proposed. And what is given for it: what was enqueued, or what is left of
    /// a proposal that has no place there.
    /// </summary>
    public static (Configuration? Proposed, Configuration? Given) Carried(StudyState state, TrialRecord? waiting)
    {
        var given = waiting?.Fixed is { } set ? state.Lineage.Show(set, isComplete: false) : null;
        if (waiting?.Proposed is not { } proposed || proposed.Version == state.Lineage.Version)
        {
            return (waiting?.Proposed, given);
        }

        return state.Lineage.Bring(proposed) is { } brought && brought.Space.IsWhole(brought.Codes.AsSpan())
            ? (brought, given)
            : (null, state.Lineage.Show(proposed, isComplete: false));
    }

    /// <summary>Adds a report; one of a step that is there already changes nothing.</summary>
    public void Add(Report report)
    {
        _reports ??= [];
        if (!_reports.Exists(other => other.Step == report.Step))
        {
            _reports.Add(report);
        }
    }

    public void ForgetReports() => _reports = null;

    /// <summary>The trial ended.</summary>
    public void End(FrozenTrial ended, SpaceLineage lineage)
    {
        Original = ended;
        Show(lineage);
    }

    /// <summary>Puts the trial in terms of the space in force.</summary>
    public void Show(SpaceLineage lineage) => Ended = Original is { } original ? lineage.Show(original) : null;

    /// <summary>Artifacts come and go after the end; what trials learn from does not hold them.</summary>
    public void SetArtifacts(ImmutableSortedDictionary<string, Artifact> artifacts)
    {
        Artifacts = artifacts;
        Original = Original is { } original ? original with { Artifacts = artifacts } : null;
        Ended = Ended is { } ended ? ended with { Artifacts = artifacts } : null;
    }

    /// <summary>The trial as it stands, in terms of the space in force.</summary>
    public FrozenTrial Freeze(SpaceLineage lineage) => Ended ?? lineage.Show(AsBegun(), isComplete: Proposed is not null);

    /// <summary>The trial as it stands before its end, as it was begun.</summary>
    public FrozenTrial AsBegun() => new()
    {
        Number = Number,
        State = State,
        Parameters = Proposed ?? Fixed ?? Configuration.Empty,
        Reports = Reports,
        Artifacts = Artifacts,
        Parent = Parent,
        Reason = Reason,
        Worker = Worker,
        Retries = Attempt,
        StartedAt = StartedAt,
    };
}
