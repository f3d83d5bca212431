namespace HyperOpt.Spaces;

/// <summary>The values of a configuration that is being judged by a hard constraint (<see cref="SearchSpace.Require"/>).</summary>
public sealed class Candidate
{
    private readonly SearchSpace _space;
    private readonly double[] _codes;

    internal Candidate(SearchSpace space, double[] codes)
    {
        _space = space;
        _codes = codes;
    }

    /// <summary>Whether an inactive parameter was read: the constraint then does not apply.</summary>
    internal bool ReadInactive { get; private set; }

    /// <summary>The value of a parameter. A constraint that reads an inactive one does not apply to the configuration, whatever it returns.</summary>
    /// <exception cref="ArgumentException">The parameter is not in the space.</exception>
    public T Get<T>(Parameter<T> parameter)
        where T : notnull
    {
        var code = Code(parameter);
        if (!double.IsNaN(code))
        {
            return parameter.Decode(code);
        }

        ReadInactive = true;
        return parameter.FromUnit(0.5);
    }

    /// <summary>Whether the parameter is active.</summary>
    /// <exception cref="ArgumentException">The parameter is not in the space.</exception>
    public bool IsActive(Parameter parameter) => !double.IsNaN(Code(parameter));

    internal void Reset() => ReadInactive = false;

    private double Code(Parameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        var index = _space.IndexOf(parameter.Name);
        if (index < 0)
        {
            throw new ArgumentException(
                $"A hard constraint may only read parameters of its space, but '{parameter.Name}' is not among {_space.Names}. Declare it in the space.");
        }

        var own = _space[index];
        return double.IsNaN(_codes[index]) || own.HasSameDomain(parameter) ? _codes[index]
            : parameter.TryRecode(own, _codes[index], out var code) ? code
            : double.NaN;
    }
}
