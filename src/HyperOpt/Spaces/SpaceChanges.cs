using System.Collections.Immutable;

namespace HyperOpt.Spaces;

/// <summary>A parameter has another domain; made by <see cref="SpaceChange.Redefine"/>.</summary>
public sealed record ParameterRedefined : SpaceChange
{
    internal ParameterRedefined(Parameter parameter) => Parameter = parameter;

    /// <summary>The parameter as it is from then on.</summary>
    public Parameter Parameter { get; }

    /// <inheritdoc/>
    public override string ToString() => $"redefine ({Parameter})";

    internal override SearchSpace Apply(SearchSpace space)
    {
        SpaceEdit.CheckKnown(space, Parameter.Name, "Redefine");
        return SpaceEdit.Replace(space, Parameter.Name, Parameter);
    }

    internal override bool Carry(CarriedValues values) => true; // what fits is seen at the end: a range may be narrowed and widened again
}

/// <summary>A parameter came to the others; made by <see cref="SpaceChange.Add"/>.</summary>
public sealed record ParameterAdded : SpaceChange
{
    internal ParameterAdded(Parameter parameter, double code)
    {
        Parameter = parameter;
        Code = code;
    }

    /// <summary>The parameter.</summary>
    public Parameter Parameter { get; }

    /// <summary>What it was in the trials before.</summary>
    public object Value => Parameter.ValueOf(Code);

    internal double Code { get; }

    /// <inheritdoc/>
    public override string ToString() => $"add ({Parameter}), {Parameter.TextOf(Code)} before";

    internal override SearchSpace Apply(SearchSpace space) => space.IndexOf(Parameter.Name) < 0
        ? space.Extend(SpaceEdit.Bound(space, Parameter))
        : SpaceEdit.Replace(space, Parameter.Name, Parameter);

    internal override bool Carry(CarriedValues values)
    {
        values.Assume(Parameter, Code);
        return true;
    }
}

/// <summary>A parameter has another name; made by <see cref="SpaceChange.Rename"/>.</summary>
public sealed record ParameterRenamed : SpaceChange
{
    internal ParameterRenamed(string from, string to)
    {
        From = from;
        To = to;
    }

    /// <summary>Its name before.</summary>
    public string From { get; }

    /// <summary>Its name afterwards.</summary>
    public string To { get; }

    /// <inheritdoc/>
    public override string ToString() => $"rename '{From}' to '{To}'";

    internal override SearchSpace Apply(SearchSpace space)
    {
        SpaceEdit.CheckKnown(space, From, "Rename");
        return space.IndexOf(To) < 0
            ? SpaceEdit.Replace(space, From, space[space.IndexOf(From)].Renamed(To))
            : throw new ArgumentException($"The names of a space's parameters must be distinct, but '{From}' is to be renamed to '{To}', which there is. Drop or rename '{To}' first.");
    }

    internal override bool Carry(CarriedValues values)
    {
        values.Rename(From, To);
        return true;
    }
}

/// <summary>A parameter is gone; made by <see cref="SpaceChange.Drop(string)"/>.</summary>
public sealed record ParameterDropped : SpaceChange
{
    internal ParameterDropped(string name, string? value)
    {
        Name = name;
        Value = value;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>The value that a trial must have had to be learnt from, as text; null: any.</summary>
    public string? Value { get; }

    /// <inheritdoc/>
    public override string ToString() => $"drop '{Name}'" + (Value is null ? "" : $", always {Value}");

    internal override SearchSpace Apply(SearchSpace space)
    {
        SpaceEdit.CheckKnown(space, Name, "Drop");
        if (space.FirstOrDefault(other => other.Conditions.Any(condition => condition.Parent.Name == Name)) is { } child)
        {
            throw new ArgumentException(
                $"A parameter on which no other depends may be dropped, but '{child.Name}' depends on '{Name}'. Drop '{child.Name}' before, or redefine it without the condition.");
        }

        ImmutableArray<Parameter> others = [.. space.Where(parameter => parameter.Name != Name)];
        return space.WithParameters(others);
    }

    internal override bool Carry(CarriedValues values) => values.Drop(Name, Value);
}
