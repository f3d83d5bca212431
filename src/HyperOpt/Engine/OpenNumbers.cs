using HyperOpt.Storage;

namespace HyperOpt.Engine;

/// <summary>
/// The new trials that workers of this process have taken without a proposal yet. Whoever has one goes on with the lowest of them, whoever
/// has none gives back the highest: so no gap is left when a sampler runs out while others are at work.
/// </summary>
internal sealed class OpenNumbers
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<int, TrialStarted> _open = [];

    public void Add(TrialStarted started)
    {
        lock (_lock)
        {
            _open.Add(started.Number, started);
        }
    }

    public TrialStarted TakeLowest() => Take(open => open.First().Value);

    public TrialStarted TakeHighest() => Take(open => open.Last().Value);

    private TrialStarted Take(Func<SortedDictionary<int, TrialStarted>, TrialStarted> choose)
    {
        lock (_lock)
        {
            var taken = choose(_open);
            _open.Remove(taken.Number);
            return taken;
        }
    }
}
