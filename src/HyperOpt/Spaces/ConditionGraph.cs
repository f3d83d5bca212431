using System.Collections.Immutable;

namespace HyperOpt.Spaces;

/// <summary>The conditions of a space, resolved from names to axes and sorted so that parents come first.</summary>
internal sealed class ConditionGraph
{
    private readonly ImmutableArray<Parameter> _parameters;
    private readonly Dictionary<string, int> _index;
    private readonly Resolved[][] _conditions;
    private readonly int[][] _parents;

    public ConditionGraph(ImmutableArray<Parameter> parameters, Dictionary<string, int> index)
    {
        _parameters = parameters;
        _index = index;
        _conditions = [.. parameters.Select(Resolve)];
        _parents = [.. _conditions.Select(conditions => conditions.Select(condition => condition.Parent).ToArray())];
        Order = Sort();
        IsEmpty = _conditions.All(conditions => conditions.Length == 0);
    }

    /// <summary>All axes, each after its parents; otherwise in the order of the space.</summary>
    public int[] Order { get; }

    /// <summary>Whether every axis is always active.</summary>
    public bool IsEmpty { get; }

    /// <summary>The axes that an axis depends on.</summary>
    public int[] ParentsOf(int axis) => _parents[axis];

    /// <summary>Whether an axis is active, given the codes of its parents (NaN where they are inactive).</summary>
    public bool IsActive(int axis, ReadOnlySpan<double> codes)
    {
        foreach (var condition in _conditions[axis])
        {
            if (!condition.Codes.AsSpan().Contains(codes[condition.Parent]) || double.IsNaN(codes[condition.Parent]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The conditions of an axis in words.</summary>
    public string Describe(int axis) => string.Join(" and ", _parameters[axis].Conditions);

    public void CheckParents()
    {
        foreach (var parameter in _parameters)
        {
            foreach (var condition in parameter.Conditions)
            {
                CheckParent(parameter, condition.Parent);
            }
        }
    }

    private void CheckParent(Parameter parameter, Parameter parent)
    {
        if (!_index.TryGetValue(parent.Name, out var axis))
        {
            throw new ArgumentException(
                $"The parent of a condition must be in the space, but '{parent.Name}', on which '{parameter.Name}' depends, is not. Add it before.");
        }

        var own = _parameters[axis];
        if (!own.HasSameDomain(parent))
        {
            throw new ArgumentException(
                $"The parent of a condition must be defined as in the space, but parameter '{parameter.Name}' depends on ({parent}) "
                + $"and the space has ({own}). Use the same handle for both.");
        }
    }

    private Resolved[] Resolve(Parameter parameter)
    {
        var resolved = new List<Resolved>();
        foreach (var condition in parameter.Conditions)
        {
            if (_index.TryGetValue(condition.Parent.Name, out var parent))
            {
                resolved.Add(new Resolved(parent, condition.CodesFor(_parameters[parent])));
            }
        }

        return [.. resolved];
    }

    private int[] Sort()
    {
        var order = new List<int>(_parameters.Length);
        var state = new byte[_parameters.Length]; // 0: not seen, 1: on the path, 2: placed
        for (var axis = 0; axis < state.Length; axis++)
        {
            Place(axis, state, order);
        }

        return [.. order];
    }

    private void Place(int axis, byte[] state, List<int> order)
    {
        if (state[axis] == 2)
        {
            return;
        }

        if (state[axis] == 1)
        {
            throw new ArgumentException(
                $"Conditions must not form a cycle, but parameter '{_parameters[axis].Name}' depends on itself through its parents. Remove one condition.");
        }

        state[axis] = 1;
        foreach (var condition in _conditions[axis])
        {
            Place(condition.Parent, state, order);
        }

        state[axis] = 2;
        order.Add(axis);
    }

    private readonly record struct Resolved(int Parent, double[] Codes);
}
