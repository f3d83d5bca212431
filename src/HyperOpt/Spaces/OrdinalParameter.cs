namespace HyperOpt.Spaces;

/// <summary>One of a finite list of values, listed in their order, such as powers of two: samplers take neighbours in the list to be alike.</summary>
/// <typeparam name="T">A string, an enum, or any type with value equality and a distinct text for each value.</typeparam>
public sealed record OrdinalParameter<T> : ListedParameter<T>
    where T : notnull
{
    internal OrdinalParameter(string name, ReadOnlySpan<T> values)
        : base(name, values)
    {
    }

    /// <inheritdoc/>
    public override bool IsOrdered => true;
}
