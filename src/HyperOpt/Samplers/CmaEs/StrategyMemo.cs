using System.Runtime.CompilerServices;
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
    private int _first = int.MaxValue; // once it is known: the rows before it are the same for all

    /// <summary>What a history of its table comes to.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public SearchState StateOf(SearchAxes axes, TrialHistory history)
    {
        lock (_lock)
        {
            var rows = history.Table.Rows(history.Count).Span;
            var first = FirstOwn(rows);
            if (first == rows.Length)
            {
                return new SearchFold(axes, settings, history.Seed, history.Finished).State; // not begun: any further trial of others may change where
            }

            if (_fold is null || rows.Length < _states[0].Rows)
            {
                (_fold, _rows) = (new SearchFold(axes, settings, history.Seed, [.. rows[..first]]), first);
                _states.Clear();
                _states.Add((first, _fold.State));
            }

            for (; _rows < rows.Length; _rows++)
            {
                if (_fold.Take(rows[_rows]))
                {
                    _states.Add((_rows + 1, _fold.State));
                    _states.RemoveRange(0, Math.Max(0, _states.Count - Kept));
                }
            }

            var latest = _states.Count - 1;
            while (_states[latest].Rows > rows.Length)
            {
                latest--;
            }

            return _states[latest].State;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int FirstOwn(ReadOnlySpan<Observation> rows)
    {
        if (_first < rows.Length)
        {
            return _first;
        }

        for (var row = 0; row < rows.Length; row++)
        {
            if (rows[row].Number >= settings.Begin)
            {
                return _first = row;
            }
        }

        return rows.Length;
    }
}
