using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using HyperOpt.Spaces;
using HyperOpt.Trials;

namespace HyperOpt.Samplers.Tpe;

/// <summary>
/// The kernels of one density, kept from one suggestion to the next: between two of them few trials join or leave, and only their neighbours'
/// kernels change. What it holds follows from the members alone, however they came about.
/// </summary>
/// <remarks>A member is a row of the history, or its count and more for a trial under way. Kernel 0 is the prior.</remarks>
internal sealed class KernelGroup
{
    private const int Few = 16; // changes that are made one at a time; many are made by sorting anew

    private readonly SearchSpace _space;
    private readonly AxisOrder[] _orders;
    private readonly double[] _floors;
    private readonly Dictionary<int, int>? _kernels;
    private readonly Stack<int> _free = [];
    private readonly List<int> _left = [];
    private readonly List<int> _joined = [];
    private int[] _members = [];
    private int _rows;

    /// <param name="space">The axes.</param>
    /// <param name="isSmall">Whether the members are few among many rows, and drawn from.</param>
    public KernelGroup(SearchSpace space, bool isSmall)
    {
        _space = space;
        _orders = [.. space.Select(_ => new AxisOrder())];
        _floors = new double[space.Count];
        _kernels = isSmall ? [] : null;
        Kernels = new Kernels(space, isSmall);
        Kernels.Reserve(1);
    }

    public Kernels Kernels { get; }

    /// <summary>The kernel of a member.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int KernelOf(int member) => _kernels is null ? member + 1 : _kernels[member];

    /// <summary>Makes these its members.</summary>
    /// <param name="members">In ascending order.</param>
    /// <param name="history">Where they come from.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Update(int[] members, TrialHistory history)
    {
        Compare(members);
        var isBulk = _left.Count + _joined.Count > Few + members.Length / 8;
        if (!isBulk)
        {
            foreach (var member in _left)
            {
                RemoveFromOrders(member);
            }
        }

        foreach (var member in _left)
        {
            Release(member);
        }

        foreach (var member in _joined)
        {
            Admit(member);
        }

        for (var axis = 0; axis < _space.Count; axis++)
        {
            Place(axis, isBulk ? members : null, history);
        }

        Kernels.SumUp();
        (_members, _rows) = (members, history.Count);
    }

    // What was under way may have ended since, or be another: it leaves.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Compare(int[] members)
    {
        _left.Clear();
        _joined.Clear();
        var (old, next) = (0, 0);
        while (old < _members.Length && _members[old] < _rows && next < members.Length)
        {
            if (_members[old] == members[next])
            {
                old++;
                next++;
            }
            else if (_members[old] < members[next])
            {
                _left.Add(_members[old++]);
            }
            else
            {
                _joined.Add(members[next++]);
            }
        }

        _left.AddRange(_members.AsSpan(old));
        _joined.AddRange(members.AsSpan(next));
    }

    private void RemoveFromOrders(int member)
    {
        var kernel = KernelOf(member);
        for (var axis = 0; axis < _orders.Length; axis++)
        {
            var mu = Kernels.Mu[kernel * _orders.Length + axis];
            if (!double.IsNaN(mu))
            {
                _orders[axis].Remove(mu, member);
            }
        }
    }

    private void Release(int member)
    {
        Kernels.Clear(KernelOf(member));
        if (_kernels is not null)
        {
            _free.Push(_kernels[member]);
            _kernels.Remove(member);
        }
    }

    private void Admit(int member)
    {
        if (_kernels is not null)
        {
            _kernels.Add(member, _free.TryPop(out var kernel) ? kernel : _kernels.Count + 1);
        }

        Kernels.Reserve(KernelOf(member) + 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Place(int axis, int[]? all, TrialHistory history)
    {
        var order = _orders[axis];
        var column = history.Coordinates(axis);
        if (all is not null)
        {
            order.Rebuild(all, [.. all.Select(member => CoordinateOf(member, axis, history))]);
        }
        else
        {
            foreach (var member in _joined)
            {
                var coordinate = member < column.Length ? column[member] : history.Pending[member - column.Length].Point[axis];
                if (!double.IsNaN(coordinate))
                {
                    order.Insert(coordinate, member);
                }
            }
        }

        var floor = Bandwidth.Floor(order.Count, history.Objectives);
        Kernels.Present[axis] = order.Count;
        if (all is not null || floor != _floors[axis])
        {
            _floors[axis] = floor;
            for (var position = 0; position < order.Count; position++)
            {
                Place(axis, position);
            }
        }
        else
        {
            foreach (var (coordinate, member) in order.Touched)
            {
                if (order.Find(coordinate, member) is >= 0 and var position)
                {
                    Place(axis, position);
                }
            }
        }

        order.Touched.Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Place(int axis, int position)
    {
        var order = _orders[axis];
        var mu = order.CoordinateAt(position);
        var width = _space[axis].IsOrdered ? Bandwidth.Of(_space[axis], mu, order.GapAt(position), _floors[axis]) : 1;
        Kernels.Place(KernelOf(order.MemberAt(position)), axis, mu, width);
    }

    private static double CoordinateOf(int member, int axis, TrialHistory history) =>
        member < history.Count ? history.Coordinates(axis)[member] : history.Pending[member - history.Count].Point[axis];
}
