using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace HyperOpt.Spaces;

/// <summary>
/// The values that a trial had, by parameter: typed through a handle, or by name as objects.
/// Holds only the parameters that the trial was given and asked for. Immutable.
/// </summary>
public sealed class Configuration : IReadOnlyDictionary<string, object>
{
    internal Configuration(SearchSpace space, ImmutableArray<double> codes, int version = 0)
    {
        Space = space;
        Codes = codes;
        Version = version;
    }

    /// <summary>No values at all.</summary>
    public static Configuration Empty { get; } = new(SearchSpace.Empty, []);

    /// <summary>How many parameters have a value.</summary>
    public int Count
    {
        get
        {
            var count = 0;
            foreach (var code in Codes)
            {
                count += double.IsNaN(code) ? 0 : 1;
            }

            return count;
        }
    }

    /// <inheritdoc/>
    public IEnumerable<string> Keys => Present.Select(axis => Space[axis].Name);

    /// <inheritdoc/>
    public IEnumerable<object> Values => Present.Select(axis => Space[axis].ValueOf(Codes[axis]));

    /// <summary>The definitions by which the codes are read, in the order in which the parameters were declared or met.</summary>
    internal SearchSpace Space { get; }

    /// <summary>A code for each parameter of <see cref="Space"/>; NaN where it has no value.</summary>
    internal ImmutableArray<double> Codes { get; }

    /// <summary>How often the study's space had been changed when these values were chosen: names and values are meant as they were then.</summary>
    internal int Version { get; }

    private IEnumerable<int> Present => Enumerable.Range(0, Codes.Length).Where(axis => !double.IsNaN(Codes[axis]));

    /// <inheritdoc/>
    public object this[string key] =>
        TryGetValue(key, out var value) ? value : throw new KeyNotFoundException(Missing(key));

    /// <summary>The value of a parameter.</summary>
    /// <exception cref="KeyNotFoundException">The trial has no value of that name, or one that the handle's domain does not hold.</exception>
    public T Get<T>(Parameter<T> parameter)
        where T : notnull =>
        TryGet(parameter, out var value) ? value : throw new KeyNotFoundException(Missing(parameter.Name));

    /// <summary>The value of a parameter, if the trial has one that the handle's domain holds.</summary>
    public bool TryGet<T>(Parameter<T> parameter, [MaybeNullWhen(false)] out T value)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(parameter);
        var code = CodeFor(parameter);
        value = double.IsNaN(code) ? default : parameter.Decode(code);
        return !double.IsNaN(code);
    }

    /// <inheritdoc/>
    public bool ContainsKey(string key) => Space.IndexOf(key) is >= 0 and var axis && !double.IsNaN(Codes[axis]);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object value)
    {
        var present = ContainsKey(key);
        value = present ? Space[Space.IndexOf(key)].ValueOf(Codes[Space.IndexOf(key)]) : null;
        return present;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, object>> GetEnumerator() =>
        Present.Select(axis => KeyValuePair.Create(Space[axis].Name, Space[axis].ValueOf(Codes[axis]))).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The values as text: <c>learning_rate=0.01, layers=3</c>.</summary>
    public override string ToString() => string.Join(", ", Present.Select(axis => $"{Space[axis].Name}={Space[axis].TextOf(Codes[axis])}"));

    /// <summary>The value of a parameter as people read it; null if there is none.</summary>
    internal string? TextOf(string name) =>
        Space.IndexOf(name) is >= 0 and var axis && !double.IsNaN(Codes[axis]) ? Space[axis].TextOf(Codes[axis]) : null;

    /// <summary>The code of the value in terms of the given definition; NaN if there is none or it does not fit.</summary>
    internal double CodeFor(Parameter parameter)
    {
        var axis = Space.IndexOf(parameter.Name);
        return axis < 0 || double.IsNaN(Codes[axis]) || !parameter.TryRecode(Space[axis], Codes[axis], out var code) ? double.NaN : code;
    }

    private string Missing(string name) =>
        $"A trial has only the parameters that it was asked for: '{name}' is not among ({this}), or its value is outside the handle's domain. "
        + "Use TryGet for parameters that some trials lack.";
}
