namespace HyperOpt.Spaces;

/// <summary>
/// One step by which the space of a study that has trials becomes another, and what that says of the trials before. Immutable; equality is by definition.
/// </summary>
/// <remarks>
/// A trial is learnt from on if all its values have a place in the new space. One that has no place (its value lies outside a narrowed range, say) stays
/// in the record, and nothing is learnt from it. Values are not altered: they are looked for in the new space by what they are.
/// </remarks>
public abstract record SpaceChange
{
    private protected SpaceChange()
    {
    }

    /// <summary>Another domain for a parameter of that name: a wider or narrower range, more or fewer categories, another scale, step, kind or condition.</summary>
    /// <param name="parameter">The parameter as it is from now on. Values of earlier trials that it holds are kept.</param>
    public static SpaceChange Redefine(Parameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return new ParameterRedefined(parameter);
    }

    /// <summary>One parameter more.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="value">What it was in the trials before, which did not ask for it: they are taken to have had this value wherever the parameter is active.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is not in the parameter's domain.</exception>
    public static SpaceChange Add<T>(Parameter<T> parameter, T value)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return new ParameterAdded(parameter, parameter.Encode(value));
    }

    /// <summary>Another name for a parameter. To give it another domain too, follow it by <see cref="Redefine"/> under the new name.</summary>
    /// <param name="from">Its name so far.</param>
    /// <param name="to">Its name from now on.</param>
    /// <exception cref="ArgumentException">A name is blank, or both are the same.</exception>
    public static SpaceChange Rename(string from, string to)
    {
        Parameter.CheckName(from);
        Parameter.CheckName(to);
        return from == to
            ? throw new ArgumentException($"A parameter gets another name, but both are '{from}'. Leave the change out.", nameof(to))
            : new ParameterRenamed(from, to);
    }

    /// <summary>One parameter less. Trials that differ in nothing else are taken for repetitions of each other.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <exception cref="ArgumentException">The name is blank.</exception>
    public static SpaceChange Drop(string name)
    {
        Parameter.CheckName(name);
        return new ParameterDropped(name, null);
    }

    /// <summary>One parameter less, which has one value from now on: trials that had another are not learnt from.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is not in the parameter's domain.</exception>
    public static SpaceChange Drop<T>(Parameter<T> parameter, T value)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return new ParameterDropped(parameter.Name, parameter.TextOf(parameter.Encode(value)));
    }

    /// <summary>The space after the change.</summary>
    /// <exception cref="ArgumentException">It cannot be made in this space.</exception>
    internal abstract SearchSpace Apply(SearchSpace space);

    /// <summary>Carries the values of a trial over; false if it has no place after the change.</summary>
    internal abstract bool Carry(CarriedValues values);
}
