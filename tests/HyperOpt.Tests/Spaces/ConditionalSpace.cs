using FsCheck;
using FsCheck.Fluent;
using HyperOpt.Spaces;

namespace HyperOpt.Tests.Spaces;

/// <summary>A small conditional space with a second, naive account of which of its parameters are active.</summary>
internal sealed class ConditionalSpace
{
    private readonly Axis[] _axes;
    private readonly int[] _order;

    private ConditionalSpace(Axis[] axes, int[] order)
    {
        _axes = axes;
        _order = order;
        var parameters = new List<Parameter>();
        foreach (var axis in axes)
        {
            parameters.Add(Build(axis, $"p{parameters.Count}", parameters));
        }

        Space = SearchSpace.Create([.. order.Select(axis => parameters[axis])]);
    }

    /// <summary>Up to six parameters of up to four values, in any order; each depends on any of the others, as long as there is no cycle.</summary>
    public static Gen<ConditionalSpace> Any { get; } =
        from count in Gen.Choose(0, 6)
        from axes in Gen.CollectToArray(Enumerable.Range(0, count).ToArray(), AnyAxis)
        from order in Gen.Shuffle(Enumerable.Range(0, count).ToArray())
        select new ConditionalSpace(Repair(axes), [.. order]);

    public SearchSpace Space { get; }

    /// <summary>Every configuration once, found by trying all combinations: a rank for each axis of the space, -1 where inactive.</summary>
    public HashSet<string> Configurations()
    {
        var found = new HashSet<string>();
        var levels = new int[_axes.Length];
        do
        {
            found.Add(Text(_order.Select(axis => IsActive(axis, levels) ? levels[axis] : -1)));
        }
        while (Increment(levels));
        return found;
    }

    /// <summary>The configuration of some codes, in the terms of <see cref="Configurations"/>.</summary>
    public string Describe(double[] codes) =>
        Text(codes.Select((code, axis) => double.IsNaN(code) ? -1 : (int)Space[axis].LevelOf(code)));

    /// <summary>The configuration that the naive account finds at a point.</summary>
    public string DescribePoint(double[] point)
    {
        var levels = new int[_axes.Length];
        for (var i = 0; i < point.Length; i++)
        {
            levels[_order[i]] = Math.Min((int)(point[i] * _axes[_order[i]].Levels), _axes[_order[i]].Levels - 1);
        }

        return Text(_order.Select(axis => IsActive(axis, levels) ? levels[axis] : -1));
    }

    public override string ToString() => $"{Space} where " + string.Join("; ", Space.Select(p => $"{p.Name}: {string.Join(" and ", p.Conditions)}"));

    private static string Text(IEnumerable<int> levels) => string.Join(",", levels);

    private static Gen<Axis> AnyAxis(int index) =>
        from levels in Gen.Choose(1, 4)
        from kind in Gen.Choose(0, 3)
        from count in index == 0 ? Gen.Constant(0) : Gen.Frequency((2, Gen.Constant(0)), (3, Gen.Constant(1)), (1, Gen.Constant(2)))
        from conditions in Gen.ArrayOf(AnyRule(index), count)
        select new Axis(levels, kind, conditions);

    private static Gen<Rule> AnyRule(int index) =>
        from parent in Gen.Choose(0, Math.Max(0, index - 1))
        from allowed in Gen.NonEmptyListOf(Gen.Choose(0, 3))
        select new Rule(parent, [.. allowed.Distinct()]);

    // A condition may only name ranks that its parent has.
    private static Axis[] Repair(Axis[] axes) =>
        [.. axes.Select(axis => axis with { Rules = [.. axis.Rules.Select(rule => Repair(rule, axes[rule.Parent].Levels))] })];

    private static Rule Repair(Rule rule, int levels) => rule with { Allowed = [.. rule.Allowed.Select(rank => rank % levels).Distinct()] };

    private static Parameter Build(Axis axis, string name, List<Parameter> parents)
    {
        Parameter parameter = axis.Kind switch
        {
            0 => Parameter.Int(name, 1, axis.Levels),
            1 => Parameter.Float(name, 0, (axis.Levels - 1) * 0.1).Step(0.1),
            2 => Parameter.Ordinal(name, [.. "abcd"[..axis.Levels].Select(letter => letter.ToString())]),
            _ => Parameter.Categorical(name, [.. Enumerable.Range(0, axis.Levels).Select(rank => (DayOfWeek)rank)]),
        };
        foreach (var (parent, allowed) in axis.Rules)
        {
            parameter = parents[parent] switch
            {
                IntParameter number => parameter.When(number, [.. allowed.Select(rank => 1 + rank)]),
                FloatParameter number => parameter.When(number, [.. allowed.Select(rank => rank * 0.1)]),
                OrdinalParameter<string> ordinal => parameter.When(ordinal, [.. allowed.Select(rank => "abcd"[rank].ToString())]),
                CategoricalParameter<DayOfWeek> day => parameter.When(day, [.. allowed.Select(rank => (DayOfWeek)rank)]),
                var other => throw new InvalidOperationException($"No rule for {other}."),
            };
        }

        return parameter;
    }

    private bool IsActive(int axis, int[] levels) =>
        _axes[axis].Rules.All(rule => IsActive(rule.Parent, levels) && rule.Allowed.Contains(levels[rule.Parent]));

    private bool Increment(int[] levels)
    {
        for (var axis = 0; axis < levels.Length; axis++)
        {
            levels[axis] = (levels[axis] + 1) % _axes[axis].Levels;
            if (levels[axis] != 0)
            {
                return true;
            }
        }

        return false;
    }

    private sealed record Axis(int Levels, int Kind, Rule[] Rules);

    private sealed record Rule(int Parent, int[] Allowed);
}
