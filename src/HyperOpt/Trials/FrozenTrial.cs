using System.Collections.Immutable;
using HyperOpt.Spaces;

namespace HyperOpt.Trials;

/// <summary>A trial as people see it, at one moment: values in the user's units and directions. Immutable.</summary>
public sealed record FrozenTrial
{
    /// <summary>Its number in the study, counted from 0.</summary>
    public required int Number { get; init; }

    /// <summary>Where it stands.</summary>
    public required TrialState State { get; init; }

    /// <summary>
    /// One value for each objective. Completed: the result. Pruned: what the objective returned where it stopped, or the last report.
    /// Empty otherwise.
    /// </summary>
    public ImmutableArray<double> Values { get; init; } = [];

    /// <summary>The value of a study with one objective.</summary>
    /// <exception cref="InvalidOperationException">The trial has none, or more than one.</exception>
    public double Value => Values.Length == 1
        ? Values[0]
        : throw new InvalidOperationException(
            $"Value stands for the one value of a trial, but trial {Number} ({State}) has {Values.Length}. Look at State first, or use Values.");

    /// <summary>The parameters that it asked for. Before it has ended: what it was begun with, or for a trial not begun yet what was set for it.</summary>
    public Configuration Parameters { get; init; } = Configuration.Empty;

    /// <summary>
    /// Whether its values have a place in the study's space. False after a change of the space (<see cref="SpaceChange"/>) that leaves them none:
    /// it stays in the record, but nothing is learnt from it, and it is never the best.
    /// </summary>
    public bool FitsSpace { get; init; } = true;

    /// <summary>Its intermediate results, in the order in which they were reported.</summary>
    public ImmutableArray<Report> Reports { get; init; } = [];

    /// <summary>What was noted with it.</summary>
    public ImmutableSortedDictionary<string, AttributeValue> Attributes { get; init; } = NoAttributes;

    /// <summary>How far each constraint is violated; at most 0 where it holds. Empty if none was set.</summary>
    public ImmutableArray<double> Constraints { get; init; } = [];

    /// <summary>Whether every constraint holds.</summary>
    public bool IsFeasible => Feasibility.Holds(Constraints.AsSpan());

    /// <summary>The streams that are kept with it, by name.</summary>
    public ImmutableSortedDictionary<string, Artifact> Artifacts { get; init; } = NoArtifacts;

    /// <summary>Why the sampler proposed it; null if the sampler does not say, or every value was given.</summary>
    public ProposalReason? Reason { get; init; }

    /// <summary>The trial whose checkpoint it went on from, if any.</summary>
    public int? Parent { get; init; }

    /// <summary>The SHA-256 of the checkpoint that it took over from its parent, in lower-case hexadecimal; null if it took over none.</summary>
    public string? ParentCheckpoint => Attributes.TryGetValue(ParentCheckpointAttribute, out var hash) ? hash.Text : null;

    /// <summary>Who evaluates or evaluated it; null while it waits.</summary>
    public string? Worker { get; init; }

    /// <summary>How often it was begun before and given back.</summary>
    public int Retries { get; init; }

    /// <summary>Why it failed, or was pruned by hand, if it was.</summary>
    public string? Error { get; init; }

    /// <summary>By which rule the study's pruner gave it up, and why; null unless it did.</summary>
    public PruningDecision? Pruning { get; init; }

    /// <summary>When it was begun; null while it waits.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended; null before.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>How long it took; null while it has not ended.</summary>
    public TimeSpan? Duration => FinishedAt - StartedAt;

    /// <summary>What it cost, as its objective said (<c>trial.ReportCost</c>); null if it said nothing. Kept as the attribute "cost".</summary>
    public double? Cost => Attributes.TryGetValue(CostAttribute, out var cost) ? cost.Number : null;

    /// <summary>Under which name a cost is noted.</summary>
    internal const string CostAttribute = "cost";

    /// <summary>Under which name the hash of the parent's checkpoint is noted.</summary>
    internal const string ParentCheckpointAttribute = "parent_checkpoint";

    internal static ImmutableSortedDictionary<string, AttributeValue> NoAttributes { get; } =
        ImmutableSortedDictionary.Create<string, AttributeValue>(StringComparer.Ordinal);

    internal static ImmutableSortedDictionary<string, Artifact> NoArtifacts { get; } =
        ImmutableSortedDictionary.Create<string, Artifact>(StringComparer.Ordinal);

    /// <summary>The value of a parameter.</summary>
    /// <exception cref="KeyNotFoundException">The trial did not ask for it, or its value is outside the handle's domain.</exception>
    public T Get<T>(Parameter<T> parameter)
        where T : notnull => Parameters.Get(parameter);

    /// <summary>For example <c>trial 17: Completed 0.031 with learning_rate=0.01, layers=3</c>.</summary>
    public override string ToString()
    {
        var values = string.Join(", ", Values.Select(value => value.ToString("G6", System.Globalization.CultureInfo.InvariantCulture)));
        return $"trial {Number}: {State}{(Values.IsEmpty ? "" : " ")}{values} with {Parameters}";
    }
}
