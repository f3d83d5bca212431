namespace HyperOpt.Spaces;

/// <summary>A parameter whose values are of type <typeparamref name="T"/>: a typed handle for suggesting and for reading results.</summary>
/// <typeparam name="T">The type of the values.</typeparam>
public abstract record Parameter<T> : Parameter
    where T : notnull
{
    private protected Parameter(string name)
        : base(name)
    {
    }

    /// <summary>The value at a coordinate. Every value of a finite axis has a cell of coordinates of its own.</summary>
    /// <param name="unit">A coordinate in [0,1].</param>
    /// <exception cref="ArgumentOutOfRangeException">The coordinate is not in [0,1].</exception>
    public T FromUnit(double unit) => Decode(CodeAt(Checked(unit)));

    /// <summary>The coordinate of a value; <see cref="FromUnit"/> undoes it (up to rounding on a continuum).</summary>
    /// <param name="value">A value of the domain.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is not in the domain.</exception>
    public double ToUnit(T value) => UnitOf(Encode(value));

    /// <summary>Whether the value is in the domain.</summary>
    public bool Contains(T value) => TryEncode(value, out _);

    internal abstract T Decode(double code);

    internal abstract bool TryEncode(T value, out double code);

    /// <summary>What the domain is, in words, for errors.</summary>
    internal abstract string Domain { get; }

    internal double Encode(T value) =>
        TryEncode(value, out var code)
            ? code
            : throw new ArgumentOutOfRangeException(nameof(value), value,
                $"A value of parameter '{Name}' must be {Domain}. Correct the value or widen the parameter.");

    internal sealed override object ValueOf(double code) => Decode(code);
}
