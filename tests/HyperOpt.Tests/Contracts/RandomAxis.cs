using FsCheck;
using FsCheck.Fluent;
using HyperOpt.Spaces;

namespace HyperOpt.Tests.Contracts;

/// <summary>The recipe of one parameter of a random space; another parameter may be its parent.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">Which kind of parameter.</param>
/// <param name="Size">How many values it has, or how wide it is; 1 to 5.</param>
/// <param name="Parent">Which of those before it that can be a parent is its parent; negative: none.</param>
/// <param name="Mask">With which of the parent's values it is active.</param>
/// <param name="ComesFirst">Whether it stands before all others in the space, its parent among them.</param>
internal sealed record RandomAxis(string Name, int Kind, int Size, int Parent, int Mask, bool ComesFirst)
{
    private const int Kinds = 13;

    public static Gen<RandomAxis> Any(int index) =>
        from kind in Gen.Choose(0, index == 0 ? Kinds : Kinds - 1) // one axis at the most has the full range of int: the product is still counted
        from size in Gen.Choose(1, 5)
        from parent in Gen.Choose(-3, 3)
        from mask in Gen.Choose(1, 31)
        from first in Gen.Elements(true, false)
        select new RandomAxis($"p{index}", kind, size, parent, mask, first);

    public static SearchSpace SpaceOf(IEnumerable<RandomAxis> axes)
    {
        var space = new LinkedList<Parameter>();
        var parents = new List<Func<Parameter, int, Parameter>>();
        foreach (var axis in axes)
        {
            var (parameter, bind) = axis.Create();
            var bound = axis.Parent >= 0 && parents.Count > 0 ? parents[axis.Parent % parents.Count](parameter, axis.Mask) : parameter;
            if (bind is not null)
            {
                parents.Add((child, mask) => bind(bound, child, mask));
            }

            if (axis.ComesFirst)
            {
                space.AddFirst(bound);
            }
            else
            {
                space.AddLast(bound);
            }
        }

        return SearchSpace.Create([.. space]);
    }

    // The parameter, and, if it can be a parent, how a child is bound to it.
    private (Parameter, Func<Parameter, Parameter, int, Parameter>?) Create() => Kind switch
    {
        0 or 1 => (Parameter.Float(Name, -Size, Size), null),
        2 => (Parameter.Float(Name, Math.Pow(10, -Size), 3).Log(), null),
        3 => (Parameter.Float(Name, 0.1, 0.1 + 0.3 * Size).Step(0.3), null),
        4 => (Parameter.Float(Name, 0.5, 0.5 * Size).Step(0.5).Log(), null),
        5 => (Parameter.Float(Name, Size, Size), null),
        6 => (Parameter.Int(Name, 1, 1 + 100 * Size).Log(), null),
        7 or 8 => Bindable(Parameter.Int(Name, 1, Size), Enumerable.Range(1, Size)),
        9 => Bindable(Parameter.Ordinal(Name, Enumerable.Range(0, Size).Select(power => 1L << power).ToArray()), Enumerable.Range(0, Size).Select(power => 1L << power)),
        10 or 11 => Bindable(Parameter.Categorical(Name, Enumerable.Range(0, Size).Select(rank => $"v{rank}").ToArray()), Enumerable.Range(0, Size).Select(rank => $"v{rank}")),
        12 => Bindable(Parameter.Bool(Name), [false, true]),
        _ => (Parameter.Int(Name, int.MinValue, int.MaxValue), null),
    };

    private static (Parameter, Func<Parameter, Parameter, int, Parameter>?) Bindable<T>(Parameter<T> parameter, IEnumerable<T> values)
        where T : notnull
    {
        return (parameter, Bind);

        Parameter Bind(Parameter own, Parameter child, int mask)
        {
            T[] chosen = [.. values.Where((_, rank) => ((mask >> rank) & 1) == 1)];
            return child.When((Parameter<T>)own, chosen.Length == 0 ? [.. values] : chosen);
        }
    }
}
