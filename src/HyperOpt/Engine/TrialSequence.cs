using System.Collections.Immutable;
using HyperOpt.Spaces;
using HyperOpt.Trials;

namespace HyperOpt.Engine;

/// <summary>
/// Finished trials in one order of visibility: by number (reproducible) or by completion. What a trial may learn from is a prefix.
/// Appended to under the ledger's lock; prefixes may be read without it.
/// </summary>
internal sealed class TrialSequence(SearchSpace declared, ImmutableArray<double> signs, SpaceGrowth growth, Func<int, Configuration> proposal)
{
    /// <summary>Views of this many spaces are kept: one is in use but where an objective changes its ranges.</summary>
    private const int MaxViews = 8;

    private readonly GrowingArray<FrozenTrial> _trials = new();
    private readonly GrowingArray<SearchSpace> _joint = new();
    private readonly GrowingArray<int> _best = new();
    private readonly List<View> _views = [];
    private readonly Lock _viewLock = new();

    public int Count => _trials.Count;

    public FrozenTrial this[int row] => _trials[row];

    public void Add(FrozenTrial trial)
    {
        _joint.Add(growth.Join(SpaceAt(Count), trial.Parameters));
        _best.Add(IsBetter(trial, BestAt(Count)) ? Count : Count == 0 ? -1 : _best[Count - 1]);
        _trials.Add(trial);
    }

    /// <summary>The parameters that were declared, or met in the first trials.</summary>
    public SearchSpace SpaceAt(int count) => count == 0 ? declared : _joint[count - 1];

    /// <summary>The best completed feasible trial of one objective among the first; the earliest of equals.</summary>
    public FrozenTrial? BestAt(int count) => count > 0 && _best[count - 1] is >= 0 and var row ? _trials[row] : null;

    /// <summary>How many of the first trials came after the best of them; all, if there is none.</summary>
    public int SinceBest(int count) => count == 0 ? 0 : count - 1 - _best[count - 1];

    /// <summary>The first trials in terms of a space.</summary>
    public (ObservationTable Table, PointIndex Tried) ViewOf(SearchSpace space)
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

            return (found.Table, found.Tried);
        }
    }

    private View NewView(SearchSpace space) => new(
        space,
        new ObservationTable(space.Count, signs.Length, row => ObservationTranslator.Translate(_trials[row], space, signs)),
        new PointIndex(position => CodesIn(space, proposal(position))));

    // The codes in terms of the space; none at all if an active axis has none, because the parameter was not known yet.
    private static double[] CodesIn(SearchSpace space, Configuration configuration)
    {
        double[] codes = ReferenceEquals(space, configuration.Space)
            ? [.. configuration.Codes]
            : [.. space.Select(configuration.CodeFor)];
        for (var axis = 0; axis < codes.Length; axis++)
        {
            if (double.IsNaN(codes[axis]) && space.Conditions.IsActive(axis, codes))
            {
                return [];
            }
        }

        return codes;
    }

    private bool IsBetter(FrozenTrial trial, FrozenTrial? best) =>
        signs.Length == 1
        && trial is { State: TrialState.Completed, IsFeasible: true }
        && (best is null || trial.Values[0] * signs[0] < best.Values[0] * signs[0]);

    private sealed record View(SearchSpace Space, ObservationTable Table, PointIndex Tried);
}
