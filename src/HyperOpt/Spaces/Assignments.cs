using System.Collections.Immutable;

namespace HyperOpt.Spaces;

/// <summary>Sets parameters to values.</summary>
public static class Assignments
{
    /// <summary>The parameter set to a value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not in the parameter's domain.</exception>
    public static Assignment Is<T>(this Parameter<T> parameter, T value)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return new Assignment(parameter, parameter.Encode(value));
    }

    /// <summary>All that a configuration holds, to try it again.</summary>
    public static ImmutableArray<Assignment> ToAssignments(this Configuration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return [.. from axis in Enumerable.Range(0, configuration.Codes.Length)
                   where !double.IsNaN(configuration.Codes[axis])
                   select new Assignment(configuration.Space[axis], configuration.Codes[axis])];
    }
}
