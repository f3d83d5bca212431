using HyperOpt.Trials;

namespace HyperOpt.Samplers.Tpe;

/// <summary>
/// The order of trials of one objective, best first: completed by loss, then pruned (the further the better, then by the last report), then infeasible
/// by how far they violate constraints, each scaled by its mean violation. Failed trials are left out. Ties go to the earlier.
/// </summary>
internal sealed class LossOrder
{
    private readonly List<(Key Key, int Row)> _sorted = [];
    private readonly List<int> _usable = [];
    private bool _hasViolations;

    public int Count => _sorted.Count;

    /// <summary>The rows that taught something, ascending.</summary>
    public IReadOnlyList<int> Usable => _usable;

    public int RowAt(int rank) => _sorted[rank].Row;

    public void Add(TrialHistory history, int from)
    {
        var rows = history.Finished;
        for (var row = from; row < rows.Count; row++)
        {
            _hasViolations |= !rows[row].IsFeasible;
        }

        if (_hasViolations)
        {
            _sorted.Clear();
            _usable.Clear();
            from = 0;
        }

        var scales = _hasViolations ? ViolationScales.Of(rows) : ViolationScales.None;
        var isBulk = rows.Count - from > 64;
        for (var row = from; row < rows.Count; row++)
        {
            if (KeyOf(rows[row], scales) is { } key)
            {
                Insert((key, row), isBulk);
                _usable.Add(row);
            }
        }

        if (isBulk)
        {
            _sorted.Sort();
        }
    }

    private static Key? KeyOf(Observation row, ViolationScales scales) => row switch
    {
        { State: TrialState.Failed } => null,
        { IsFeasible: false } => new Key(2, scales.Total(row), 0),
        { State: TrialState.Completed } => new Key(0, row.Losses[0], 0),
        { Curve.Count: 0 } => new Key(1, 1, 0),
        _ => new Key(1, -row.Curve.Steps[^1], double.IsNaN(row.Curve.Loss(row.Curve.Count - 1)) ? double.PositiveInfinity : row.Curve.Loss(row.Curve.Count - 1)),
    };

    private void Insert((Key Key, int Row) item, bool isBulk)
    {
        if (isBulk)
        {
            _sorted.Add(item);
            return;
        }

        var at = _sorted.BinarySearch(item);
        _sorted.Insert(~at, item);
    }

    private readonly record struct Key(int Class, double First, double Second) : IComparable<Key>
    {
        public int CompareTo(Key other)
        {
            var order = Class.CompareTo(other.Class);
            order = order != 0 ? order : First.CompareTo(other.First);
            return order != 0 ? order : Second.CompareTo(other.Second);
        }

        public static bool operator <(Key one, Key other) => one.CompareTo(other) < 0;

        public static bool operator >(Key one, Key other) => one.CompareTo(other) > 0;

        public static bool operator <=(Key one, Key other) => one.CompareTo(other) <= 0;

        public static bool operator >=(Key one, Key other) => one.CompareTo(other) >= 0;
    }
}
