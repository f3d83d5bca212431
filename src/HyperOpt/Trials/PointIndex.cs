using System.Runtime.InteropServices;

namespace HyperOpt.Trials;

/// <summary>
/// Which configurations of a space were tried, and by which trial first. Catches up with a list of trials when asked,
/// so it costs nothing where nobody asks.
/// </summary>
/// <param name="codesOf">The codes that a trial was begun with; null if it has not been begun; empty if it was begun before the space was known.</param>
internal sealed class PointIndex(Func<int, double[]?> codesOf)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<double[], int> _first = new(new CodesComparer());
    private readonly List<int> _late = [];
    private int _next;

    /// <summary>Whether a trial of a number below <paramref name="number"/> was begun with these codes.</summary>
    public bool Contains(double[] codes, int number)
    {
        lock (_lock)
        {
            CatchUp(number);
            return _first.TryGetValue(codes, out var first) && first < number;
        }
    }

    /// <summary>How many distinct configurations the trials of a number below <paramref name="number"/> were begun with.</summary>
    public int CountBefore(int number)
    {
        lock (_lock)
        {
            CatchUp(number);
            return _next <= number ? _first.Count : _first.Values.Count(first => first < number);
        }
    }

    private void CatchUp(int number)
    {
        // A trial that was claimed but has no proposal yet (as-completed scheduling) is looked at again the next time.
        _late.RemoveAll(TryAdd);
        for (; _next < number; _next++)
        {
            if (!TryAdd(_next))
            {
                _late.Add(_next);
            }
        }
    }

    private bool TryAdd(int number)
    {
        if (codesOf(number) is not { } codes)
        {
            return false;
        }

        if (codes.Length > 0 && (!_first.TryGetValue(codes, out var first) || number < first))
        {
            _first[codes] = number;
        }

        return true;
    }

    private sealed class CodesComparer : IEqualityComparer<double[]>
    {
        public bool Equals(double[]? x, double[]? y) => MemoryMarshal.AsBytes<double>(x).SequenceEqual(MemoryMarshal.AsBytes<double>(y));

        public int GetHashCode(double[] codes)
        {
            var hash = default(HashCode);
            hash.AddBytes(MemoryMarshal.AsBytes<double>(codes));
            return hash.ToHashCode();
        }
    }
}
