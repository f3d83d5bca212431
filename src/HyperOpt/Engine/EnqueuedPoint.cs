using System.Collections.Immutable;
using HyperOpt.Numerics;
using HyperOpt.Spaces;

namespace HyperOpt.Engine;

/// <summary>The values that a person wants tried, checked so that the trial can be begun with all of them.</summary>
internal static class EnqueuedPoint
{
    public static Configuration Create(SearchSpace declared, ImmutableArray<Assignment> values, int version)
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

        var given = new Configuration(space, [.. values.Select(value => value.Code)], version);
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

        // The stream does not matter: this asks whether there is an answer, not which.
        if (declared.IsConstrained && !UniformSearch.Exists(declared, codes, StreamSeed.Create(0, 0, "enqueue")))
        {
            throw new ArgumentException($"No trial breaks a hard constraint, but every one with ({given}) breaks one of: {declared.Laws}. Change a value.");
        }
    }

    private static void CheckFits(SearchSpace declared, Configuration given, double[] codes, int axis)
    {
        var name = declared[axis].Name;
        if (double.IsNaN(codes[axis]))
        {
            throw new ArgumentException($"A value must be in the declared domain, but '{name}' in ({given}) is not in ({declared[axis]}). Change it, or widen the parameter.");
        }

        if (!declared.Conditions.IsActive(axis, codes))
        {
            var missing = declared.Conditions.ParentsOf(axis).Select(parent => declared[parent].Name).FirstOrDefault(parent => !given.ContainsKey(parent));
            throw new ArgumentException(
                $"A parameter has a value only while it is active: '{name}' is when {declared.Conditions.Describe(axis)}, but was given in ({given}). "
                + (missing is null ? "Leave it out, or change the parent." : $"Give '{missing}' too."));
        }
    }
}
