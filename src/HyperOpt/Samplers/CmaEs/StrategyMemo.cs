using HyperOpt.Trials;

namespace HyperOpt.Samplers.CmaEs;

/// <summary>
/// Folds a history, and keeps the fold for the next one over the same trials. All of it follows from the history: a cold memo comes to the same state, bit for bit.
/// </summary>
internal sealed class StrategyMemo(CmaEsSettings settings)
{
    /// <summary>States of so many generations are kept for histories that are a little shorter: of workers that propose side by side.</summary>
    private const int Kept = 4;

    private readonly Lock _lock = new();
    private readonly List<(int Rows, SearchState State)> _states = []; // from how many rows on
    private SearchFold? _fold;
    private int _rows;

    /// <summary>What a history of its table comes to.</summary>
    public SearchState StateOf(SearchAxes axes, TrialHistory history)
    {
        lock (_lock)
        {
            var rows = history.Finished;
            var first = FirstOwn(rows);
            if (first == rows.Count)
            {
                return new SearchFold(axes, settings, history.Seed, rows).State; // not begun: any further trial of others may change where
            }

            if (_fold is null || rows.Count < _states[0].Rows)
            {
                (_fold, _rows) = (new SearchFold(axes, settings, history.Seed, [.. rows.Take(first)]), first);
                _states.Clear();
                _states.Add((first, _fold.State));
            }

            for (; _rows < rows.Count; _rows++)
            {
                if (_fold.Take(rows[_rows]))
                {
                    _states.Add((_rows + 1, _fold.State));
                    _states.RemoveRange(0, Math.Max(0, _states.Count - Kept));
                }
            }

            return _states.FindLast(state => state.Rows <= rows.Count).State;
        }
    }

    private int FirstOwn(IReadOnlyList<Observation> rows)
    {
        for (var row = 0; row < rows.Count; row++)
        {
            if (rows[row].Number >= settings.Begin)
            {
                return row;
            }
        }

        return rows.Count;
    }
}
