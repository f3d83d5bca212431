using System.Collections.Immutable;
using HyperOpt.Spaces;
using HyperOpt.Trials;

namespace HyperOpt.Storage;

/// <summary>Something that happened in a study. A study is what follows from its events, in their order.</summary>
/// <param name="At">When, in UTC, by the clock of the process that appended it.</param>
public abstract record StudyEvent(DateTimeOffset At)
{
    /// <summary>What may happen once only; a log refuses an event of which a claim was taken. Empty: any number of times.</summary>
    public virtual ImmutableArray<EventClaim> Claims => [];
}

/// <summary>The study began.</summary>
/// <param name="At">When.</param>
/// <param name="Seed">From which all its chance comes.</param>
/// <param name="Signs">For each objective 1 if less is better, -1 if more is.</param>
public sealed record StudyCreated(DateTimeOffset At, ulong Seed, ImmutableArray<double> Signs) : StudyEvent(At)
{
    /// <summary>
    /// What tells it from all other studies, whatever it is named: 32 hexadecimal digits. Its artifacts are kept under it. A copy has another.
    /// </summary>
    public string Id { get; init; } = "";

    /// <summary>What it was told of other studies, to begin from.</summary>
    public ImmutableArray<StudySource> Sources { get; init; } = [];

    /// <inheritdoc/>
    public override ImmutableArray<EventClaim> Claims => [new EventClaim(ClaimKind.Study, 0, 0)];
}

/// <summary>Something was noted with the study.</summary>
/// <param name="At">When.</param>
/// <param name="Name">Under which name.</param>
/// <param name="Value">What.</param>
public sealed record StudyAttributeSet(DateTimeOffset At, string Name, AttributeValue Value) : StudyEvent(At);

/// <summary>
/// The study has another space from now on. Values of trials say in which space they were chosen; they are carried over by the changes since.
/// </summary>
/// <param name="At">When.</param>
/// <param name="Version">How often the space was changed, this time included.</param>
/// <param name="Trials">How many trials there were, as far as was known to whoever changed it.</param>
/// <param name="Space">The space from now on.</param>
/// <param name="Changes">How it came from the one before, in order.</param>
public sealed record SpaceChanged(DateTimeOffset At, int Version, int Trials, SearchSpace Space, ImmutableArray<SpaceChange> Changes) : StudyEvent(At)
{
    /// <inheritdoc/>
    public override ImmutableArray<EventClaim> Claims => [new EventClaim(ClaimKind.Space, Version, 0)];
}

/// <summary>A trial was set down to be tried by whoever is free next.</summary>
/// <param name="At">When.</param>
/// <param name="Number">The trial's number: the next free one.</param>
/// <param name="Fixed">The values it must have; the sampler adds the others.</param>
public sealed record TrialEnqueued(DateTimeOffset At, int Number, Configuration Fixed) : StudyEvent(At)
{
    /// <inheritdoc/>
    public override ImmutableArray<EventClaim> Claims => [new EventClaim(ClaimKind.Number, Number, 0)];
}

/// <summary>A worker took a trial.</summary>
/// <param name="At">When.</param>
/// <param name="Number">The trial's number: that of a waiting trial, or the next free one.</param>
/// <param name="Attempt">How often it was taken before.</param>
/// <param name="Worker">Who took it.</param>
/// <param name="IsNew">Whether the number was free.</param>
/// <param name="Proposed">What it begins with; null if that is still to be worked out.</param>
/// <param name="Parent">The trial whose checkpoint it goes on from.</param>
public sealed record TrialStarted(
    DateTimeOffset At, int Number, int Attempt, string Worker, bool IsNew, Configuration? Proposed, int? Parent) : StudyEvent(At)
{
    /// <summary>Why the sampler proposed it; null if it does not say.</summary>
    public ProposalReason? Reason { get; init; }

    /// <inheritdoc/>
    public override ImmutableArray<EventClaim> Claims => [IsNew ? new EventClaim(ClaimKind.Number, Number, 0) : new EventClaim(ClaimKind.Start, Number, Attempt)];
}

/// <summary>The sampler's proposal for a trial that was taken without one.</summary>
/// <param name="At">When.</param>
/// <param name="Number">The trial's number.</param>
/// <param name="Proposed">What it begins with.</param>
/// <param name="Parent">The trial whose checkpoint it goes on from.</param>
public sealed record TrialProposed(DateTimeOffset At, int Number, Configuration Proposed, int? Parent) : StudyEvent(At)
{
    /// <summary>Why the sampler proposed it; null if it does not say.</summary>
    public ProposalReason? Reason { get; init; }

    /// <inheritdoc/>
    public override ImmutableArray<EventClaim> Claims => [new EventClaim(ClaimKind.Proposal, Number, Proposed.Version)];
}

/// <summary>A trial reported an intermediate result.</summary>
/// <param name="At">When.</param>
/// <param name="Number">The trial's number.</param>
/// <param name="Attempt">Which attempt.</param>
/// <param name="Report">What.</param>
public sealed record TrialReported(DateTimeOffset At, int Number, int Attempt, Report Report) : StudyEvent(At);

/// <summary>A trial was given back before it ended, or taken from a worker that died: it waits again, with the same parameters.</summary>
/// <param name="At">When.</param>
/// <param name="Number">The trial's number.</param>
/// <param name="Attempt">Which attempt ended so.</param>
/// <param name="Reason">Why.</param>
/// <param name="IsLost">Whether its worker died; otherwise it gave the trial back itself.</param>
public sealed record TrialReleased(DateTimeOffset At, int Number, int Attempt, string Reason, bool IsLost) : StudyEvent(At)
{
    /// <inheritdoc/>
    public override ImmutableArray<EventClaim> Claims => [new EventClaim(ClaimKind.End, Number, Attempt)];
}

/// <summary>A trial ended.</summary>
/// <param name="At">When.</param>
/// <param name="Number">The trial's number.</param>
/// <param name="Attempt">Which attempt.</param>
/// <param name="State">Completed, Pruned or Failed.</param>
public sealed record TrialEnded(DateTimeOffset At, int Number, int Attempt, TrialState State) : StudyEvent(At)
{
    /// <summary>One value for each objective, if it has values.</summary>
    public ImmutableArray<double> Values { get; init; } = [];

    /// <summary>The parameters that it asked for.</summary>
    public Configuration Parameters { get; init; } = Configuration.Empty;

    /// <summary>How far each constraint is violated.</summary>
    public ImmutableArray<double> Constraints { get; init; } = [];

    /// <summary>What was noted with it.</summary>
    public ImmutableSortedDictionary<string, AttributeValue> Attributes { get; init; } = FrozenTrial.NoAttributes;

    /// <summary>Why it failed, or was pruned by hand.</summary>
    public string? Error { get; init; }

    /// <summary>By which rule the pruner gave it up, if it did.</summary>
    public PruningDecision? Pruning { get; init; }

    /// <inheritdoc/>
    public override ImmutableArray<EventClaim> Claims => [new EventClaim(ClaimKind.End, Number, Attempt)];
}

/// <summary>A worker that has trials under way still lives. Any event of a worker says so too.</summary>
/// <param name="At">When.</param>
/// <param name="Worker">Who.</param>
public sealed record WorkerAlive(DateTimeOffset At, string Worker) : StudyEvent(At);

/// <summary>A stream was kept with a trial, in place of the one of its name. Without effect unless the attempt is under way: a worker that lost its trial changes nothing.</summary>
/// <param name="At">When.</param>
/// <param name="Number">The trial's number.</param>
/// <param name="Attempt">Which attempt.</param>
/// <param name="Artifact">What.</param>
public sealed record ArtifactSaved(DateTimeOffset At, int Number, int Attempt, Artifact Artifact) : StudyEvent(At);

/// <summary>
/// A stream that was kept with a trial is no longer. Without effect as long as somebody may go on from it: while the trial, or one whose parent
/// it is, waits or runs.
/// </summary>
/// <param name="At">When.</param>
/// <param name="Number">The trial's number.</param>
/// <param name="Name">Its name.</param>
public sealed record ArtifactDeleted(DateTimeOffset At, int Number, string Name) : StudyEvent(At);

/// <summary>All that was known of a trial when a log was compacted; stands for its earlier events.</summary>
/// <param name="At">When the log was compacted.</param>
/// <param name="Trial">The trial as it stood.</param>
/// <param name="Attempt">How often it had been given back.</param>
/// <param name="Lost">How often because its worker had died.</param>
public sealed record TrialRestored(DateTimeOffset At, FrozenTrial Trial, int Attempt, int Lost) : StudyEvent(At)
{
    /// <summary>What it began with, if it had begun.</summary>
    public Configuration? Proposed { get; init; }

    /// <summary>The values that were set for it when it was enqueued.</summary>
    public Configuration? Fixed { get; init; }

    /// <summary>Who had it, if it was under way.</summary>
    public string? Worker { get; init; }

    /// <inheritdoc/>
    public override ImmutableArray<EventClaim> Claims
    {
        get
        {
            var claims = ImmutableArray.CreateBuilder<EventClaim>();
            claims.Add(new EventClaim(ClaimKind.Number, Trial.Number, 0));
            if (Proposed is { } proposed)
            {
                claims.Add(new EventClaim(ClaimKind.Proposal, Trial.Number, proposed.Version));
            }

            for (var attempt = 0; attempt <= Attempt; attempt++)
            {
                var isLast = attempt == Attempt;
                if (!isLast || Trial.State != TrialState.Waiting)
                {
                    claims.Add(new EventClaim(ClaimKind.Start, Trial.Number, attempt));
                }

                if (!isLast || Trial.State is not (TrialState.Waiting or TrialState.Running))
                {
                    claims.Add(new EventClaim(ClaimKind.End, Trial.Number, attempt));
                }
            }

            return claims.ToImmutable();
        }
    }
}
