namespace HyperOpt.Trials;

/// <summary>
/// An append-only array: one writer at a time (who holds a lock), any number of readers of prefixes that were written before
/// the reader learnt of their length.
/// </summary>
internal sealed class GrowingArray<T>
{
    private T[] _items = [];

    public int Count { get; private set; }

    public T this[int index] => _items[index];

    public void Add(T item)
    {
        if (Count == _items.Length)
        {
            Array.Resize(ref _items, Math.Max(16, 2 * Count));
        }

        _items[Count] = item;
        Count++;
    }

    /// <summary>The first items; they never change.</summary>
    public ReadOnlyMemory<T> Prefix(int count) => _items.AsMemory(0, count);
}
