using System.Collections;
using HyperOpt.Trials;

namespace HyperOpt.Engine;

/// <summary>The first trials of a study, each as it stands when it is read.</summary>
internal sealed class TrialList(Ledger ledger, int count) : IReadOnlyList<FrozenTrial>
{
    public int Count => count;

    public FrozenTrial this[int number]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(number);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(number, count);
            return ledger.Read((state, at) => state[at].Freeze(state.Lineage), number);
        }
    }

    public IEnumerator<FrozenTrial> GetEnumerator()
    {
        for (var number = 0; number < count; number++)
        {
            yield return this[number];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
