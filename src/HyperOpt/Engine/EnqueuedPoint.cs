using System.Collections.Immutable;
using HyperOpt.Spaces;

namespace HyperOpt.Engine;

/// <summary>The values that a person wants tried, checked as far as they settle it.</summary>
internal static class EnqueuedPoint
{
    public static Configuration Create(SearchSpace declared, ImmutableArray<Assignment> values)
    {
        var space = SearchSpace.Empty;
        foreach (var value in values)
        {
            ArgumentNullException.ThrowIfNull(value, nameof(values));
            if (space.IndexOf(value.Parameter.Name) >= 0)
            {
                throw new ArgumentException($"A trial has one value for each parameter, but '{value.Parameter.Name}' was given twice. Give it once.", nameof(values));
            }

            space = space.Extend(value.Parameter);
        }

        var given = new Configuration(space, [.. values.Select(value => value.Code)]);
        CheckAgainst(declared, given);
        return given;
    }

    private static void CheckAgainst(SearchSpace declared, Configuration given)
    {
        double[] codes = [.. declared.Select(given.CodeFor)];
        foreach (var axis in declared.Conditions.Order)
        {
            if (given.ContainsKey(declared[axis].Name))
            {
                CheckFits(declared, given, codes, axis);
            }
        }

        // With every active axis settled, the hard constraints can be judged now.
        var settled = declared.Conditions.Order.All(axis => !double.IsNaN(codes[axis]) || !declared.Conditions.IsActive(axis, codes));
        if (settled && !declared.Holds(codes))
        {
            throw new ArgumentException($"No trial breaks a hard constraint, but ({given}) breaks one of: {declared.Laws}. Change a value.");
        }
    }

    private static void CheckFits(SearchSpace declared, Configuration given, double[] codes, int axis)
    {
        if (double.IsNaN(codes[axis]))
        {
            throw new ArgumentException($"A value must be in the declared domain, but '{declared[axis].Name}' in ({given}) is not in ({declared[axis]}). Change it, or widen the parameter.");
        }

        var parentsSettled = declared.Conditions.ParentsOf(axis).All(parent => !double.IsNaN(codes[parent]));
        if (parentsSettled && !declared.Conditions.IsActive(axis, codes))
        {
            throw new ArgumentException(
                $"A parameter has a value only while it is active: '{declared[axis].Name}' is when {declared.Conditions.Describe(axis)}, but was given ({given}). Leave it out, or change the parent.");
        }
    }
}
