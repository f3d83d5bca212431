using System.Runtime.CompilerServices;

namespace HyperOpt.Samplers.Tpe;

/// <summary>The members of a density that have a coordinate on one axis, in ascending order of it, equal ones by their number.</summary>
internal sealed class AxisOrder
{
    private int[] _members = [];
    private double[] _coordinates = [];

    public int Count { get; private set; }

    /// <summary>The members at a position and around it that have other neighbours than when this was last cleared.</summary>
    public List<(double Coordinate, int Member)> Touched { get; } = [];

    public int MemberAt(int position) => _members[position];

    public double CoordinateAt(int position) => _coordinates[position];

    /// <summary>
    /// The larger of the gaps to a position's neighbours; the outermost have only their inner gap, and one alone the larger part of the axis.
    /// </summary>
    public double GapAt(int position)
    {
        var mu = _coordinates[position];
        if (Count == 1)
        {
            return Math.Max(mu, 1 - mu);
        }

        var left = position > 0 ? mu - _coordinates[position - 1] : 0;
        var right = position < Count - 1 ? _coordinates[position + 1] - mu : 0;
        return Math.Max(left, right);
    }

    /// <summary>Starts over with these; NaN where one has no coordinate.</summary>
    public void Rebuild(ReadOnlySpan<int> members, ReadOnlySpan<double> coordinates)
    {
        var keys = new (double Coordinate, int Member)[members.Length];
        Count = 0;
        for (var i = 0; i < members.Length; i++)
        {
            if (!double.IsNaN(coordinates[i]))
            {
                keys[Count++] = (coordinates[i], members[i]);
            }
        }

        Array.Sort(keys, 0, Count);
        Reserve(Count);
        for (var i = 0; i < Count; i++)
        {
            (_coordinates[i], _members[i]) = keys[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Insert(double coordinate, int member)
    {
        Reserve(Count + 1);
        var at = Search(coordinate, member);
        Array.Copy(_members, at, _members, at + 1, Count - at);
        Array.Copy(_coordinates, at, _coordinates, at + 1, Count - at);
        (_coordinates[at], _members[at]) = (coordinate, member);
        Count++;
        Touch(at - 1);
        Touch(at);
        Touch(at + 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Remove(double coordinate, int member)
    {
        var at = Search(coordinate, member);
        Count--;
        Array.Copy(_members, at + 1, _members, at, Count - at);
        Array.Copy(_coordinates, at + 1, _coordinates, at, Count - at);
        Touch(at - 1);
        Touch(at);
    }

    /// <summary>Where a member stands; -1 if nowhere.</summary>
    public int Find(double coordinate, int member)
    {
        var at = Search(coordinate, member);
        return at < Count && _members[at] == member ? at : -1;
    }

    private void Touch(int position)
    {
        if (position >= 0 && position < Count)
        {
            Touched.Add((_coordinates[position], _members[position]));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Search(double coordinate, int member)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            var isBelow = _coordinates[middle] < coordinate || _coordinates[middle] == coordinate && _members[middle] < member;
            (low, high) = isBelow ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private void Reserve(int count)
    {
        if (count > _members.Length)
        {
            var capacity = Math.Max(count, Math.Max(64, 2 * _members.Length));
            Array.Resize(ref _members, capacity);
            Array.Resize(ref _coordinates, capacity);
        }
    }
}
