using System.Collections.Immutable;
using HyperOpt.Spaces;
using HyperOpt.Trials;

namespace HyperOpt.Storage.Wire;

/// <summary>The fields of one event as they were read; those that it does not have are null.</summary>
internal struct EventFields
{
    public string? Event;
    public DateTimeOffset? At;
    public int? Trial;
    public int? Attempt;
    public string? Worker;
    public bool? IsNew;
    public TrialState? State;
    public ImmutableArray<double>? Values;
    public int? Step;
    public Configuration? Parameters;
    public Configuration? Proposed;
    public Configuration? Fixed;
    public int? Parent;
    public ProposalReason? Reason;
    public ImmutableArray<double>? Constraints;
    public ImmutableSortedDictionary<string, AttributeValue>? Attributes;
    public ImmutableArray<Report>? Reports;
    public ImmutableSortedDictionary<string, Artifact>? Artifacts;
    public string? Name;
    public AttributeValue? Value;
    public string? Error;
    public PruningDecision? Pruning;
    public int? Lost;
    public DateTimeOffset? Started;
    public DateTimeOffset? Finished;
    public ulong? Seed;
    public string? Id;
    public ImmutableArray<double>? Signs;
    public ImmutableArray<StudySource>? Sources;
    public int? Version;
    public int? Trials;
    public SearchSpace? Space;
    public ImmutableArray<ChangeRecord>? Changes;
}
