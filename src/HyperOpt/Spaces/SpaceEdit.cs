using System.Collections.Immutable;

namespace HyperOpt.Spaces;

/// <summary>Edits of a space that keep its conditions together: those who depend on a parameter depend on it as it is afterwards.</summary>
internal static class SpaceEdit
{
    /// <exception cref="ArgumentException">There is no such parameter.</exception>
    public static void CheckKnown(SearchSpace space, string name, string verb)
    {
        if (space.IndexOf(name) < 0)
        {
            throw new ArgumentException($"{verb} must name a parameter that the study has, but '{name}' is not among {space.Names}. Correct the name, or leave the change out.");
        }
    }

    /// <summary>The space with a parameter in the place of another.</summary>
    public static SearchSpace Replace(SearchSpace space, string name, Parameter by)
    {
        var bound = Bound(space, by);
        return space.WithParameters([.. space.Select(parameter => parameter.Name == name ? bound : Rebound(parameter, name, bound))]);
    }

    /// <summary>The parameter with its conditions in terms of the space's own parents.</summary>
    public static Parameter Bound(SearchSpace space, Parameter parameter)
    {
        foreach (var parent in parameter.Conditions.Select(condition => condition.Parent))
        {
            parameter = space.IndexOf(parent.Name) is >= 0 and var axis
                ? Rebound(parameter, parent.Name, space[axis])
                : throw new ArgumentException($"The parent of a condition must be in the space, but '{parent.Name}', on which '{parameter.Name}' depends, is not. Add it before.");
        }

        return parameter;
    }

    private static Parameter Rebound(Parameter parameter, string old, Parameter parent)
    {
        if (!parameter.Conditions.Any(condition => condition.Parent.Name == old))
        {
            return parameter;
        }

        return parameter with { Conditions = [.. parameter.Conditions.Select(condition => condition.Parent.Name == old ? Rebound(parameter, condition, parent) : condition)] };
    }

    private static Condition Rebound(Parameter parameter, Condition condition, Parameter parent)
    {
        ImmutableArray<double> codes = [.. condition.CodesFor(parent).Order()];
        return !codes.IsEmpty && parent.Cardinality is not null ? new Condition(parent, codes) : throw new ArgumentException(
            $"A condition must be able to hold, but '{parameter.Name}' depends on '{condition}' and the parent is to be ({parent}). Drop '{parameter.Name}' before, or redefine it with another condition.");
    }
}
