namespace HyperOpt.Spaces;

/// <summary>A parameter and a value that it is to have; made by <see cref="Assignments.Is"/>.</summary>
public sealed record Assignment
{
    internal Assignment(Parameter parameter, double code)
    {
        Parameter = parameter;
        Code = code;
    }

    /// <summary>The parameter.</summary>
    public Parameter Parameter { get; }

    /// <summary>The value.</summary>
    public object Value => Parameter.ValueOf(Code);

    internal double Code { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Parameter.Name}={Parameter.TextOf(Code)}";
}
