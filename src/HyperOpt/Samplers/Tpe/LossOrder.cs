using HyperOpt.Numerics;
using HyperOpt.Trials;

namespace HyperOpt.Samplers.Tpe;

/// <summary>
/// The order of trials of one objective, best first: completed by loss, and among them pruned ones by the loss that is forecast for their end; then pruned ones
/// of which nothing is known (the further the better, then by the last report), then pruned ones that most likely would have broken a constraint, then infeasible by how far they violate constraints, each scaled by
/// its mean violation. Failed trials are left out. Ties go to the earlier.
/// </summary>
internal sealed class LossOrder
{
    private readonly List<(TrialRank Rank, int Row)> _sorted = [];
    private readonly List<int> _usable = [];
    private readonly EndForecasts _forecasts = new();
    private bool _hasViolations;
    private bool _hasPruned;

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
            _hasPruned |= rows[row].State == TrialState.Pruned;
        }

        if (_hasViolations || _hasPruned)
        {
            _sorted.Clear();
            _usable.Clear();
            from = 0;
        }

        var scales = _hasViolations ? ViolationScales.Of(rows) : ViolationScales.None;
        var isBulk = rows.Count - from > 64;
        for (var row = from; row < rows.Count; row++)
        {
            if (RankOf(rows[row], scales, history) is { IsFailed: false } rank)
            {
                Insert((rank, row), isBulk);
                _usable.Add(row);
            }
        }

        if (isBulk)
        {
            _sorted.Sort();
        }
    }

    private TrialRank RankOf(Observation row, ViolationScales scales, TrialHistory history)
    {
        if (row is not { State: TrialState.Pruned, IsFeasible: true } || _forecasts.Of(row, history) is not { Loss: { } line } end)
        {
            return TrialRank.Of(row, scales);
        }

        var last = row.Curve.LossesAt(row.Curve.Count - 1);
        var isLikelyInfeasible = row.Violations.IsEmpty && ViolationForecast.ChanceThatAllHold(end.Violations, last) < 0.5;
        return isLikelyInfeasible ? TrialRank.LikelyInfeasible(line.Median(last[0])) : TrialRank.Forecast(line.Median(last[0]));
    }

    private void Insert((TrialRank Rank, int Row) item, bool isBulk)
    {
        if (isBulk)
        {
            _sorted.Add(item);
            return;
        }

        var at = _sorted.BinarySearch(item);
        _sorted.Insert(~at, item);
    }
}
