using System.Runtime.CompilerServices;

namespace HyperOpt.Trials;

/// <summary>
/// The finished trials in terms of one space, in the order in which they became visible; append-only.
/// A history is a prefix of it. Rows and columns are made when first asked for, each once, so a sampler that learns nothing costs nothing.
/// </summary>
/// <param name="axes">How many axes a point has.</param>
/// <param name="objectives">How many objectives there are.</param>
/// <param name="row">Makes the row of an index, below the count of any history over this table.</param>
internal sealed class ObservationTable(int axes, int objectives, Func<int, Observation> row)
{
    private readonly Lock _lock = new();
    private readonly GrowingArray<Observation> _rows = new();
    private readonly GrowingArray<double>?[] _coordinates = new GrowingArray<double>?[axes];
    private readonly GrowingArray<double>?[] _losses = new GrowingArray<double>?[objectives];
    private readonly GrowingArray<int> _best = new();
    private readonly Dictionary<int, StepColumn> _steps = [];
    private int _stepRows;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ReadOnlyMemory<Observation> Rows(int count)
    {
        lock (_lock)
        {
            Grow(count);
            return _rows.Prefix(count);
        }
    }

    public ReadOnlySpan<double> Coordinates(int axis, int count) => Column(_coordinates, axis, count, (point, at) => point.Point[at]);

    public ReadOnlySpan<double> Losses(int objective, int count) =>
        Column(_losses, objective, count, (point, at) => point.Losses.IsEmpty ? double.NaN : point.Losses[at]);

    /// <summary>The row of the best completed feasible trial of one objective among the first; -1 if there is none. Ties go to the earliest.</summary>
    public int Best(int count)
    {
        if (count == 0)
        {
            return -1;
        }

        lock (_lock)
        {
            Grow(count);
            while (_best.Count < count)
            {
                var before = _best.Count == 0 ? -1 : _best[_best.Count - 1];
                _best.Add(IsBetter(_rows[_best.Count], before) ? _best.Count : before);
            }

            return _best[count - 1];
        }
    }

    /// <summary>The rows that reported a step, and what.</summary>
    public StepReports ReportsAt(int step, int count)
    {
        lock (_lock)
        {
            Grow(count);
            for (; _stepRows < count; _stepRows++)
            {
                Index(_stepRows);
            }

            return _steps.TryGetValue(step, out var column) ? column.Before(count) : default;
        }
    }

    private ReadOnlySpan<double> Column(GrowingArray<double>?[] columns, int at, int count, Func<Observation, int, double> value)
    {
        lock (_lock)
        {
            Grow(count);
            var column = columns[at] ??= new GrowingArray<double>();
            while (column.Count < count)
            {
                column.Add(value(_rows[column.Count], at));
            }

            return column.Prefix(count).Span;
        }
    }

    private void Grow(int count)
    {
        while (_rows.Count < count)
        {
            _rows.Add(row(_rows.Count));
        }
    }

    private bool IsBetter(Observation candidate, int best) =>
        candidate is { State: TrialState.Completed, IsFeasible: true, Losses.IsEmpty: false }
        && (best < 0 || candidate.Losses[0] < _rows[best].Losses[0]);

    private void Index(int at)
    {
        var curve = _rows[at].Curve;
        for (var i = 0; i < curve.Count; i++)
        {
            if (!_steps.TryGetValue(curve.Steps[i], out var column))
            {
                _steps.Add(curve.Steps[i], column = new StepColumn());
            }

            column.Add(at, curve.Loss(i));
        }
    }

    private sealed class StepColumn
    {
        private readonly GrowingArray<int> _rows = new();
        private readonly GrowingArray<double> _losses = new();

        public void Add(int row, double loss)
        {
            _rows.Add(row);
            _losses.Add(loss);
        }

        public StepReports Before(int count)
        {
            var rows = _rows.Prefix(_rows.Count).Span;
            var end = rows.BinarySearch(count);
            end = end < 0 ? ~end : end;
            return new StepReports(rows[..end], _losses.Prefix(end).Span);
        }
    }
}
