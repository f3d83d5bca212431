namespace HyperOpt.Spaces;

/// <summary>One of a finite list of values without an order: samplers take no value to be nearer to one than to another.</summary>
/// <typeparam name="T">A string, an enum, or any type with value equality and a distinct text for each value.</typeparam>
public sealed record CategoricalParameter<T> : ListedParameter<T>
    where T : notnull
{
    internal CategoricalParameter(string name, ReadOnlySpan<T> values)
        : base(name, values)
    {
    }

    /// <inheritdoc/>
    public override bool IsOrdered => false;
}
