using System.Collections.Immutable;
using HyperOpt.Spaces;
using HyperOpt.Storage;
using HyperOpt.Trials;

namespace HyperOpt.Engine;

/// <summary>The trials that have ended, in both orders of visibility, in terms of the space in force. Changed under the ledger's lock only.</summary>
internal sealed class EndedTrials
{
    private readonly SearchSpace _declared;
    private readonly ImmutableArray<double> _signs;
    private readonly SpaceGrowth _growth;
    private readonly Func<int, Configuration> _proposal;
    private readonly Func<ImmutableArray<StudySource>> _sources;

    /// <summary>None yet.</summary>
    /// <param name="declared">The space that this process declared.</param>
    /// <param name="signs">For each objective 1 if less is better, -1 if more is.</param>
    /// <param name="growth">Grows the joint space.</param>
    /// <param name="proposal">What was proposed at a position.</param>
    /// <param name="sources">What the study was told of others.</param>
    public EndedTrials(SearchSpace declared, ImmutableArray<double> signs, SpaceGrowth growth, Func<int, Configuration> proposal, Func<ImmutableArray<StudySource>> sources)
    {
        (_declared, _signs, _growth, _proposal, _sources) = (declared, signs, growth, proposal, sources);
        growth.Prefer(declared);
        Lineage = SpaceLineage.Of(declared, growth);
        (ByNumber, ByCompletion) = (NewSequence(), NewSequence());
    }

    /// <summary>The changes that the space has gone through.</summary>
    public SpaceLineage Lineage { get; private set; }

    /// <summary>The finished trials before the first unfinished one, by number.</summary>
    public TrialSequence ByNumber { get; private set; }

    /// <summary>All finished trials, as they finished.</summary>
    public TrialSequence ByCompletion { get; private set; }

    /// <summary>A trial ended.</summary>
    public void Add(TrialRecord record, GrowingArray<TrialRecord> records)
    {
        ByCompletion.Add(record.Original!);
        while (ByNumber.Count < records.Count && records[ByNumber.Count].Original is { } next)
        {
            ByNumber.Add(next);
        }
    }

    /// <summary>The space was changed. What was learnt in terms of the one before stays as it is, for whoever began with it.</summary>
    public void Change(SpaceChanged changed, GrowingArray<TrialRecord> records)
    {
        Lineage = Lineage.Then(changed, OwnSpace(changed));
        var (numbered, completed) = (ByNumber, ByCompletion);
        (ByNumber, ByCompletion) = (NewSequence(), NewSequence());
        for (var number = 0; number < records.Count; number++)
        {
            records[number].Show(Lineage);
        }

        for (var row = 0; row < completed.Count; row++)
        {
            ByCompletion.Add(records[completed[row].Number].Original!);
        }

        for (var row = 0; row < numbered.Count; row++)
        {
            ByNumber.Add(records[row].Original!);
        }
    }

    // This process's own handles and hard constraints, if it was opened with that space; what it was not opened with follows.
    private SearchSpace OwnSpace(SpaceChanged changed)
    {
        var next = Lineage.Then(changed, changed.Space);
        var isOwn = _declared.Count > 0 && _declared.All(parameter =>
            changed.Space.IndexOf(parameter.Name) is >= 0 and var axis ? changed.Space[axis].HasSameDomain(parameter) : !next.IsRetired(parameter.Name));
        return _growth.Adopt(isOwn
            ? changed.Space.Where(parameter => _declared.IndexOf(parameter.Name) < 0).Aggregate(_declared, _growth.Extend)
            : changed.Space);
    }

    private TrialSequence NewSequence() => new(Lineage, _signs, _growth, _proposal, _sources);
}
