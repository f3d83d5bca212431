namespace HyperOpt.Spaces;

/// <summary>Declares when a parameter is active.</summary>
public static class ParameterConditions
{
    /// <summary>
    /// The same parameter, active only while <paramref name="parent"/> is active and has one of <paramref name="values"/>.
    /// Called again, both conditions must hold. Parents may have conditions themselves, to any depth.
    /// </summary>
    /// <param name="parameter">The parameter that depends.</param>
    /// <param name="parent">The parameter that it depends on; with finitely many values.</param>
    /// <param name="values">The parent's values with which it is active: at least one.</param>
    /// <exception cref="ArgumentException">No value is given, a value is not the parent's, the parent is a continuum or the parameter itself.</exception>
    public static TParameter When<TParameter, T>(this TParameter parameter, Parameter<T> parent, params ReadOnlySpan<T> values)
        where TParameter : Parameter
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(parameter);
        ArgumentNullException.ThrowIfNull(parent);
        if (parent.Name == parameter.Name)
        {
            throw new ArgumentException(
                $"Conditions must not form a cycle, but parameter '{parameter.Name}' is to depend on itself. Name another parent.");
        }

        if (parent.Cardinality is null)
        {
            throw new ArgumentException(
                $"The parent of a condition must have finitely many values, but '{parent.Name}' of parameter '{parameter.Name}' is a continuum. "
                + "Give it a step, or decide with an `if` in the objective.");
        }

        if (values.IsEmpty)
        {
            throw new ArgumentException(
                $"A condition must name a value, but parameter '{parameter.Name}' is active for none of '{parent.Name}'. List values of {parent.Domain}.");
        }

        var codes = new SortedSet<double>();
        foreach (var value in values)
        {
            codes.Add(parent.Encode(value));
        }

        Parameter source = parameter;
        return (TParameter)(source with { Conditions = parameter.Conditions.Add(new Condition(parent, [.. codes])) });
    }
}
