using HyperOpt.Spaces;
using HyperOpt.Trials;

namespace HyperOpt.Engine;

/// <summary>What one trial may know: a prefix of the finished trials, and those under way.</summary>
/// <param name="Number">The trial's number.</param>
/// <param name="Sequence">The finished trials, in the order in which this study's trials see them.</param>
/// <param name="Count">How many of them may be learnt from.</param>
/// <param name="Pending">The trials under way, by number; their proposals do not change.</param>
/// <param name="Proposals">How many proposals were made before.</param>
/// <param name="Seed">The study's seed.</param>
/// <param name="Objectives">How many objectives there are.</param>
/// <param name="IsOrdered">Whether knowledge is a function of the number alone.</param>
internal sealed record Horizon(
    int Number, TrialSequence Sequence, int Count, IEnumerable<TrialRecord> Pending, int Proposals, ulong Seed, int Objectives, bool IsOrdered)
{
    /// <summary>The parameters declared, or met by the trials that may be learnt from.</summary>
    public SearchSpace Space => Sequence.SpaceAt(Count);

    /// <summary>The knowledge in terms of a space.</summary>
    public TrialHistory In(SearchSpace space)
    {
        var (table, tried, sources) = Sequence.ViewOf(space);
        return new TrialHistory(space, table, Count, new Lazy<IReadOnlyList<Observation>>(() => PendingIn(space)), tried, Proposals, Seed, Number, Objectives, sources);
    }

    private Observation[] PendingIn(SearchSpace space) =>
        [.. from record in Pending
            let proposed = record.Proposed is { } chosen ? Sequence.Lineage.Bring(chosen) : null
            where proposed is not null
            select new Observation
            {
                Number = record.Number,
                State = TrialState.Running,
                Point = ObservationTranslator.PointOf(proposed, space),
                Parent = record.Parent,
            }];
}
