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
    private readonly Dictionary<(int? Size, NsgaSelection Selection), Line> _lines = [];

    /// <summary>The population after a history.</summary>
    /// <param name="history">The history.</param>
    /// <param name="size">How many members; null if that follows from the number of trials.</param>
    /// <param name="selection">What decides between trials of the same front.</param>
    public static Population Of(TrialHistory history, int? size, NsgaSelection selection)
    {
        var memo = Memos.GetValue(history.Table, _ => new PopulationMemo());
        lock (memo._lock)
        {
            if (!memo._lines.TryGetValue((size, selection), out var line))
            {
                memo._lines.Add((size, selection), line = new Line(size, new Survival(selection)));
            }

            return line.At(history);
        }
    }

    /// <summary>The populations of one kind.</summary>
    private sealed class Line(int? size, Survival survival)
    {
        private readonly Queue<(int Count, Population Population)> _latest = new();

        public Population At(TrialHistory history)
        {
            var (rows, count, population, isBehind) = (history.Finished, 0, Population.Empty(history.Objectives), false);
            foreach (var known in _latest)
            {
                isBehind |= known.Count > history.Count;
                (count, population) = known.Count <= history.Count ? known : (count, population);
            }

            while (count < history.Count)
            {
                population = population.With(rows[count++], size ?? Math.Clamp(count / TrialsForEach, Fewest, Most), survival);
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
