using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using HyperOpt.Spaces;
using HyperOpt.Trials;

namespace HyperOpt.Engine;

/// <summary>
/// Finished trials in one order of visibility: by number (reproducible) or by completion. What a trial may learn from is a prefix.
/// Appended to under the ledger's lock; prefixes may be read without it.
/// </summary>
internal sealed class TrialSequence(SpaceLineage lineage, ImmutableArray<double> signs, SpaceGrowth growth, Func<int, Configuration> proposal, Func<ImmutableArray<StudySource>> sources)
{
    /// <summary>Views of this many spaces are kept: one is in use but where an objective changes its ranges.</summary>
    private const int MaxViews = 8;

    private readonly GrowingArray<FrozenTrial> _trials = new();
    private readonly GrowingArray<SearchSpace> _joint = new();
    private readonly GrowingArray<int> _best = new();
    private readonly GrowingArray<int> _improved = new();
    private readonly GrowingArray<long> _reports = new();
    private readonly List<View> _views = [];
    private readonly Lock _viewLock = new();

    public int Count => _trials.Count;

    /// <summary>In terms of which space the trials stand here.</summary>
    public SpaceLineage Lineage => lineage;

    public FrozenTrial this[int row] => _trials[row];

    public void Add(FrozenTrial ended)
    {
        var trial = lineage.Learn(ended);
        _joint.Add(growth.Join(SpaceAt(Count), trial.Parameters));
        var lead = Lead(trial, BestAt(Count));
        _best.Add(lead is null or < 0 ? Last(_best) : Count);
        _improved.Add(lead is null or <= 0 ? Last(_improved) : Count);
        _reports.Add(ReportsAt(Count) + trial.Reports.Length);
        _trials.Add(trial);
    }

    /// <summary>How many reports the first trials made together.</summary>
    public long ReportsAt(int count) => count == 0 ? 0 : _reports[count - 1];

    /// <summary>The parameters that were declared, or met in the first trials.</summary>
    public SearchSpace SpaceAt(int count) => count == 0 ? lineage.Space : _joint[count - 1];

    /// <summary>The best completed feasible trial of one objective among the first; the one of the lowest number of equals, whichever ended first.</summary>
    public FrozenTrial? BestAt(int count) => count > 0 && _best[count - 1] is >= 0 and var row ? _trials[row] : null;

    /// <summary>How many of the first trials came after the last that was better than all before it; all, if there is none.</summary>
    public int SinceBest(int count) => count == 0 ? 0 : count - 1 - _improved[count - 1];

    /// <summary>The first trials in terms of a space.</summary>
    public (ObservationTable Table, PointIndex Tried, Lazy<IReadOnlyList<TrialHistory>> Sources) ViewOf(SearchSpace space)
    {
        lock (_viewLock)
        {
            var at = _views.FindIndex(view => ReferenceEquals(view.Space, space));
            var found = at < 0 ? NewView(space) : _views[at];
            if (at >= 0)
            {
                _views.RemoveAt(at);
            }

            _views.Add(found); // the most recently used is last
            if (_views.Count > MaxViews)
            {
                _views.RemoveAt(0);
            }

            return (found.Table, found.Tried, found.Sources);
        }
    }

    private View NewView(SearchSpace space) => new(
        space,
        new ObservationTable(space.Count, signs.Length, row => ObservationTranslator.Translate(_trials[row], space, signs)),
        new PointIndex(position => lineage.Bring(proposal(position)) is { } configuration ? CodesIn(space, configuration) : []),
        new Lazy<IReadOnlyList<TrialHistory>>(() => [.. sources().Select(source => HistoryOf(source, space))]));

    // In terms of names and values as the space has them now: sources speak of the space as it was when the study was created.
    private TrialHistory HistoryOf(StudySource source, SearchSpace space) => TrialHistory.Create(
        space,
        source.Trials
            .Select((trial, number) => new Observation
            {
                Number = number,
                State = TrialState.Completed,
                Point = ObservationTranslator.PointOf(lineage.Show(trial.Parameters), space),
                Losses = trial.Losses,
            })
            .Where(trial => trial.Point.Any(unit => !double.IsNaN(unit))),
        objectives: signs.Length);

    // The codes in terms of the space; none at all if an active axis has none, because the parameter was not known yet.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double[] CodesIn(SearchSpace space, Configuration configuration)
    {
        double[] codes = ReferenceEquals(space, configuration.Space)
            ? [.. configuration.Codes]
            : [.. space.Select(configuration.CodeFor)];
        return space.IsWhole(codes) ? codes : [];
    }

    private static int Last(GrowingArray<int> rows) => rows.Count == 0 ? -1 : rows[rows.Count - 1];

    // Positive: the trial is better than the best; 0: as good, and of a lower number; otherwise it is not.
    private int? Lead(FrozenTrial trial, FrozenTrial? best)
    {
        if (signs.Length != 1 || trial is not { State: TrialState.Completed, IsFeasible: true, FitsSpace: true })
        {
            return null;
        }

        var order = best is null ? 1 : (best.Values[0] * signs[0]).CompareTo(trial.Values[0] * signs[0]);
        return order == 0 && trial.Number > best!.Number ? -1 : order;
    }

    private sealed record View(SearchSpace Space, ObservationTable Table, PointIndex Tried, Lazy<IReadOnlyList<TrialHistory>> Sources);
}
