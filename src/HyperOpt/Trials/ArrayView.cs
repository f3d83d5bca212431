using System.Collections;

namespace HyperOpt.Trials;

/// <summary>A read-only list over memory that never changes.</summary>
internal sealed class ArrayView<T>(ReadOnlyMemory<T> items) : IReadOnlyList<T>
{
    public int Count => items.Length;

    public T this[int index] => items.Span[index];

    public IEnumerator<T> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
