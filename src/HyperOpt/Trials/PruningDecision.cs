using System.Collections.Immutable;

namespace HyperOpt.Trials;

/// <summary>
/// Why a pruner gave up a trial: kept with it, so that the decision can be checked afterwards. Figures and reasons are in terms of losses,
/// of which less is better: of a study that maximizes, those of the negated values.
/// </summary>
public sealed record PruningDecision
{
    /// <summary>Which rule decided, such as <c>MedianPruner</c>.</summary>
    public required string Rule { get; init; }

    /// <summary>The step of the report that was judged.</summary>
    public required int Step { get; init; }

    /// <summary>Why, in words.</summary>
    public required string Reason { get; init; }

    /// <summary>The figures that were compared, by name.</summary>
    public ImmutableSortedDictionary<string, double> Figures { get; init; } = NoFigures;

    internal static ImmutableSortedDictionary<string, double> NoFigures { get; } =
        ImmutableSortedDictionary.Create<string, double>(StringComparer.Ordinal);

    /// <summary>For example <c>MedianPruner at step 3: the best loss, 0.53, is above …</c>.</summary>
    public override string ToString() => $"{Rule} at step {Step}: {Reason}";
}
