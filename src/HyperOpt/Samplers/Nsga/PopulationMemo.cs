using System.Runtime.CompilerServices;
using HyperOpt.Trials;

namespace HyperOpt.Samplers.Nsga;

/// <summary>
/// The populations after the latest trials of one table, so that a suggestion folds in only what is new. A history that is shorter than those is folded from its
/// beginning, to the same.
/// </summary>
internal sealed class PopulationMemo
{
    private const int Kept = 16; // of the latest populations: workers may be somewhat behind each other
    private const int Fewest = 12;
    private const int Most = 100;
    private const int TrialsForEach = 50;

    private static readonly ConditionalWeakTable<object, PopulationMemo> Memos = [];

    private readonly Lock _lock = new();
    private readonly List<Line> _lines = []; // one, where studies have a sampler each

    /// <summary>The population after a history.</summary>
    /// <param name="history">The history.</param>
    /// <param name="size">How many members; null if that follows from the number of trials.</param>
    /// <param name="selection">What decides between trials of the same front.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Population Of(TrialHistory history, int? size, NsgaSelection selection)
    {
        var memo = Memos.GetValue(history.Table, _ => new PopulationMemo());
        lock (memo._lock)
        {
            foreach (var line in memo._lines)
            {
                if (line.Size == size && line.Selection == selection)
                {
                    return line.At(history);
                }
            }

            memo._lines.Add(new Line(size, selection));
            return memo._lines[^1].At(history);
        }
    }

    /// <summary>The populations of one kind.</summary>
    private sealed class Line(int? size, NsgaSelection selection)
    {
        private readonly Survival _survival = new(selection);
        private readonly Queue<(int Count, Population Population)> _latest = new();

        public int? Size => size;

        public NsgaSelection Selection => selection;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public Population At(TrialHistory history)
        {
            var rows = history.Table.Rows(history.Count).Span;
            var (count, population, isBehind) = (0, Population.Empty(history.Objectives), false);
            foreach (var known in _latest)
            {
                isBehind |= known.Count > history.Count;
                (count, population) = known.Count <= history.Count ? known : (count, population);
            }

            while (count < history.Count)
            {
                population = population.With(rows[count++], size ?? Math.Clamp(count / TrialsForEach, Fewest, Most), _survival);
                if (!isBehind)
                {
                    _latest.Enqueue((count, population));
                    _ = _latest.Count > Kept ? _latest.Dequeue() : default;
                }
            }

            return population;
        }
    }
}
