using System.Collections.Immutable;

namespace HyperOpt.Spaces;

/// <summary>One of a finite list of values without an order: samplers take no value to be nearer to one than to another.</summary>
/// <typeparam name="T">A string, an enum, or any type with value equality and a distinct text for each value.</typeparam>
public sealed record CategoricalParameter<T> : Parameter<T>
    where T : notnull
{
    private readonly Choices<T> _choices;

    internal CategoricalParameter(string name, ReadOnlySpan<T> values)
        : base(name) => _choices = new Choices<T>(name, values);

    /// <summary>The values, in the order in which they were listed.</summary>
    public ImmutableArray<T> Values => _choices.Values;

    /// <inheritdoc/>
    public override long? Cardinality => _choices.Count;

    /// <inheritdoc/>
    public override bool IsOrdered => false;

    internal override string Domain => "one of " + _choices;

    /// <inheritdoc/>
    public bool Equals(CategoricalParameter<T>? other) => base.Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => base.GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: categorical {_choices}";

    internal override T Decode(double code) => _choices.Values[(int)code];

    internal override bool TryEncode(T value, out double code) => _choices.TryIndexOf(value, out code);

    internal override double CodeAt(double unit) => _choices.IndexAt(unit);

    internal override double UnitOf(double code) => _choices.UnitOf(code);

    internal override (double Low, double High) CellOf(double code) => _choices.CellOf(code);

    internal override double CodeOfLevel(long level) => level;

    internal override long LevelOf(double code) => (long)code;

    internal override ImmutableArray<string> Texts => _choices.Texts;

    internal override string TextOf(double code) => _choices.Texts[(int)code];

    internal override bool TryReadCode(string text, out double code) => _choices.TryIndexOf(text, out code);

    /// <summary>The texts decide: a study read from a storage knows the values by them.</summary>
    internal override bool HasSameDomain(Parameter other) =>
        ReferenceEquals(this, other)
        || (other.Name == Name && other.IsOrdered == IsOrdered && Texts.AsSpan().SequenceEqual(other.Texts.AsSpan()));
}
