using System.Collections.Immutable;

namespace HyperOpt.Spaces;

/// <summary>One of a finite list of values: categorical or ordinal.</summary>
/// <typeparam name="T">A string, an enum, or any type with value equality and a distinct text for each value.</typeparam>
public abstract record ListedParameter<T> : Parameter<T>
    where T : notnull
{
    private readonly Choices<T> _choices;

    private protected ListedParameter(string name, ReadOnlySpan<T> values)
        : base(name) => _choices = new Choices<T>(name, values);

    /// <summary>The values, in the order in which they were listed.</summary>
    public ImmutableArray<T> Values => _choices.Values;

    /// <inheritdoc/>
    public sealed override long? Cardinality => _choices.Count;

    internal sealed override string Domain => "one of " + _choices;

    /// <inheritdoc/>
    public virtual bool Equals(ListedParameter<T>? other) => base.Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => base.GetHashCode();

    /// <inheritdoc/>
    public sealed override string ToString() => $"{Name}: {(IsOrdered ? "ordinal" : "categorical")} {_choices}";

    internal sealed override T Decode(double code) => _choices.Values[(int)code];

    internal sealed override bool TryEncode(T value, out double code) => _choices.TryIndexOf(value, out code);

    internal sealed override double CodeAt(double unit) => _choices.IndexAt(unit);

    internal sealed override double UnitOf(double code) => _choices.UnitOf(code);

    internal sealed override (double Low, double High) CellOf(double code) => _choices.CellOf(code);

    internal sealed override double CodeOfLevel(long level) => level;

    internal sealed override long LevelOf(double code) => (long)code;

    internal sealed override ImmutableArray<string> Texts => _choices.Texts;

    internal sealed override string TextOf(double code) => _choices.Texts[(int)code];

    internal sealed override bool TryReadCode(string text, out double code) => _choices.TryIndexOf(text, out code);

    /// <summary>The texts decide: a study read from a storage knows the values by them.</summary>
    internal sealed override bool HasSameDomain(Parameter other) =>
        ReferenceEquals(this, other)
        || (other.Name == Name && other.IsOrdered == IsOrdered && Texts.AsSpan().SequenceEqual(other.Texts.AsSpan()));
}
