using System.Collections.Immutable;
using System.Globalization;

namespace HyperOpt.Spaces;

/// <summary>The finite list of values that categorical and ordinal parameters share; value k has the cell [k/n, (k+1)/n].</summary>
internal sealed class Choices<T>
    where T : notnull
{
    private readonly Dictionary<T, int> _byValue = [];
    private readonly Dictionary<string, int> _byText = [];

    public Choices(string name, ReadOnlySpan<T> values)
    {
        if (values.IsEmpty)
        {
            throw new ArgumentException($"A parameter must have a value, but '{name}' was given none. List its values.");
        }

        foreach (var value in values)
        {
            Add(name, value);
        }

        Values = [.. values];
        Texts = [.. _byText.OrderBy(pair => pair.Value).Select(pair => pair.Key)];
    }

    public ImmutableArray<T> Values { get; }

    public ImmutableArray<string> Texts { get; }

    public int Count => Values.Length;

    public double IndexAt(double unit) => EqualCells.At(unit, Count);

    public double UnitOf(double index) => EqualCells.Centre(index, Count);

    public (double Low, double High) CellOf(double index) => (EqualCells.Edge(index, Count), EqualCells.Edge(index + 1, Count));

    public bool TryIndexOf(T value, out double index)
    {
        var found = _byValue.TryGetValue(value, out var position);
        index = position;
        return found;
    }

    public bool TryIndexOf(string text, out double index)
    {
        var found = _byText.TryGetValue(text, out var position);
        index = position;
        return found;
    }

    public override string ToString() => $"{{{string.Join(", ", Texts)}}}";

    // The culture is set and not only passed: a record prints its members in the current one, and logs travel between machines.
    private static string TextFor(T value)
    {
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        try
        {
            return (value is IFormattable formattable ? formattable.ToString(null, CultureInfo.InvariantCulture) : value.ToString()) ?? "";
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    private void Add(string name, T value)
    {
        if (value is null)
        {
            throw new ArgumentException($"The values of parameter '{name}' must not be null, but value {_byValue.Count} is. Use a value that stands for none.");
        }

        var text = TextFor(value);
        UnicodeText.Check(text, $"A value of parameter '{name}'");
        if (!_byValue.TryAdd(value, _byValue.Count))
        {
            throw new ArgumentException($"The values of parameter '{name}' must be distinct, but '{text}' is listed twice. List it once.");
        }

        if (!_byText.TryAdd(text, _byText.Count))
        {
            throw new ArgumentException(
                $"The values of parameter '{name}' must be distinct as text, but two of them read '{text}'. Override ToString() of {typeof(T).Name}.");
        }
    }
}
