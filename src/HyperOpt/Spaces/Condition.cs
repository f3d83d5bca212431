using System.Collections.Immutable;

namespace HyperOpt.Spaces;

/// <summary>What must hold for a parameter to be active: a parent is active and has one of some values.</summary>
public sealed record Condition
{
    private readonly ImmutableArray<double> _codes;

    internal Condition(Parameter parent, ImmutableArray<double> codes)
    {
        Parent = parent;
        _codes = codes;
    }

    /// <summary>The parameter that decides.</summary>
    public Parameter Parent { get; }

    /// <summary>The values of the parent with which the condition holds.</summary>
    public IEnumerable<object> Values => _codes.Select(Parent.ValueOf);

    /// <summary>The values as text.</summary>
    internal IEnumerable<string> Texts => _codes.Select(Parent.TextOf);

    /// <inheritdoc/>
    public bool Equals(Condition? other) =>
        other is not null && Parent.Equals(other.Parent) && _codes.AsSpan().SequenceEqual(other._codes.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Parent, _codes.Length);

    /// <inheritdoc/>
    public override string ToString() => $"{Parent.Name} is {string.Join(" or ", Texts)}";

    /// <summary>The values in the codes of the parent as it stands in a space, where it may have been given another range since.</summary>
    internal double[] CodesFor(Parameter parent)
    {
        var codes = new List<double>(_codes.Length);
        foreach (var code in _codes)
        {
            if (parent.TryRecode(Parent, code, out var own))
            {
                codes.Add(own);
            }
        }

        return [.. codes];
    }
}
