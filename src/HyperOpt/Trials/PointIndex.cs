using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace HyperOpt.Trials;

/// <summary>
/// Which configurations of a space were proposed, in the order in which they were. Catches up when asked, so it costs nothing where nobody asks.
/// </summary>
/// <param name="codesAt">The codes of the proposal at a position; empty if it was made before the whole space was known.</param>
internal sealed class PointIndex(Func<int, double[]> codesAt)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<double[], int> _first = new(new CodesComparer());
    private readonly GrowingArray<int> _distinct = new(); // how many distinct ones there were up to each position
    private int _next;

    /// <summary>Whether one of the first proposals had these codes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Contains(double[] codes, int proposals)
    {
        lock (_lock)
        {
            CatchUp(proposals);
            return _first.TryGetValue(codes, out var first) && first < proposals;
        }
    }

    /// <summary>How many distinct configurations the first proposals had.</summary>
    public int CountDistinct(int proposals)
    {
        lock (_lock)
        {
            CatchUp(proposals);
            return proposals == 0 ? 0 : _distinct[proposals - 1];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CatchUp(int proposals)
    {
        for (; _next < proposals; _next++)
        {
            if (codesAt(_next) is { Length: > 0 } codes)
            {
                _first.TryAdd(codes, _next);
            }

            _distinct.Add(_first.Count);
        }
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
