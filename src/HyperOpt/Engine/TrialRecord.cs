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

    /// <summary>The trial as it ended; null before.</summary>
    public FrozenTrial? Ended { get; set; }

    public ImmutableArray<Report> Reports => _reports is null ? [] : [.. _reports];

    public ImmutableSortedDictionary<string, Artifact> Artifacts { get; set; } = FrozenTrial.NoArtifacts;

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

    /// <summary>The trial as it stands.</summary>
    public FrozenTrial Freeze() => Ended ?? new FrozenTrial
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
