using System.Collections.Immutable;

namespace HyperOpt.Spaces;

/// <summary>
/// Something that may vary in a study: a name and a domain, mapped to the unit interval.
/// The set of kinds is closed: <see cref="FloatParameter"/>, <see cref="IntParameter"/>,
/// <see cref="CategoricalParameter{T}"/> and <see cref="OrdinalParameter{T}"/>.
/// </summary>
/// <remarks>
/// A value of any kind has a <em>code</em>, a double in the parameter's own terms: the number itself, or the index of a choice.
/// Codes are what a trial keeps; coordinates in [0,1] are what a sampler sees; typed values are what an objective gets.
/// Immutable; equality is by definition (name, domain and conditions).
/// </remarks>
public abstract partial record Parameter
{
    private protected Parameter(string name)
    {
        CheckName(name);
        Name = name;
    }

    /// <summary>The name, unique in a space.</summary>
    public string Name { get; private init; }

    /// <summary>How many distinct values there are; null for a continuum.</summary>
    public abstract long? Cardinality { get; }

    /// <summary>Whether near coordinates mean near values. False for categories.</summary>
    public abstract bool IsOrdered { get; }

    /// <summary>When the parameter is active: all of these must hold. Empty: always.</summary>
    public ImmutableArray<Condition> Conditions { get; internal init; } = [];

    /// <summary>
    /// The coordinates that decode to the same value as <paramref name="unit"/> does: one cell of a finite axis,
    /// or the coordinate itself, twice, on a continuum. The cells of an axis partition [0,1].
    /// </summary>
    /// <param name="unit">A coordinate in [0,1].</param>
    public (double Low, double High) Cell(double unit) => Cardinality is null ? (Checked(unit), unit) : CellOf(CodeAt(Checked(unit)));

    /// <summary>The coordinate of the value that <paramref name="unit"/> decodes to: the centre of its cell on a finite axis, itself on a continuum.</summary>
    /// <param name="unit">A coordinate in [0,1].</param>
    public double Snap(double unit) => Cardinality is null ? Checked(unit) : UnitOf(CodeAt(Checked(unit)));

    /// <summary>The law of names.</summary>
    /// <exception cref="ArgumentException">The name is blank, or no well-formed Unicode.</exception>
    internal static void CheckName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (string.IsNullOrWhiteSpace(name))
        {
            throw new ArgumentException("A parameter's name must hold a visible character, but it is empty or blank. Name it.", nameof(name));
        }

        UnicodeText.Check(name, "A parameter's name");
    }

    /// <summary>The same parameter under another name.</summary>
    internal Parameter Renamed(string name) => this with { Name = name };

    /// <summary>Equality of name, domain and conditions.</summary>
    public virtual bool Equals(Parameter? other) =>
        ReferenceEquals(this, other)
        || (other is not null && HasSameDomain(other) && Conditions.AsSpan().SequenceEqual(other.Conditions.AsSpan()));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Cardinality, Conditions.Length);

    /// <summary>The code of the value at a coordinate in [0,1].</summary>
    internal abstract double CodeAt(double unit);

    /// <summary>The coordinate of a code.</summary>
    internal abstract double UnitOf(double code);

    /// <summary>The cell of a code.</summary>
    internal abstract (double Low, double High) CellOf(double code);

    /// <summary>The code of the value of rank <paramref name="level"/>, counted from 0; finite axes only.</summary>
    internal abstract double CodeOfLevel(long level);

    /// <summary>The rank of a code; finite axes only.</summary>
    internal abstract long LevelOf(double code);

    /// <summary>The value as people read it, in the invariant culture; it can be read back by <see cref="TryReadCode"/>.</summary>
    internal abstract string TextOf(double code);

    /// <summary>The values of a list of choices as text; empty for numbers.</summary>
    internal virtual ImmutableArray<string> Texts => [];

    /// <summary>The value itself, boxed.</summary>
    internal abstract object ValueOf(double code);

    /// <summary>Finds the code of a value written by <see cref="TextOf"/>, perhaps by a parameter of another kind or range.</summary>
    internal abstract bool TryReadCode(string text, out double code);

    /// <summary>Whether the other parameter has the same name and domain, conditions aside.</summary>
    internal abstract bool HasSameDomain(Parameter other);

    /// <summary>Re-encodes a value of another definition of this parameter; false if the value does not fit.</summary>
    internal bool TryRecode(Parameter other, double code, out double own)
    {
        own = code;
        return HasSameDomain(other) || TryReadCode(other.TextOf(code), out own);
    }

    private protected double Checked(double unit) =>
        unit is >= 0 and <= 1
            ? unit
            : throw new ArgumentOutOfRangeException(nameof(unit), unit,
                $"A coordinate must lie in [0,1] for parameter '{Name}'. Clip it, or correct the sampler that made it.");
}
