namespace HyperOpt.Spaces;

/// <summary>The values of a configuration on their way through the changes of a space: each by its present name, with the definition by which it was chosen.</summary>
internal sealed class CarriedValues
{
    private readonly List<CarriedValue> _values = [];

    public CarriedValues(Configuration configuration)
    {
        for (var axis = 0; axis < configuration.Codes.Length; axis++)
        {
            if (!double.IsNaN(configuration.Codes[axis]))
            {
                _values.Add(new CarriedValue(configuration.Space[axis].Name, configuration.Space[axis], configuration.Codes[axis], false, false));
            }
        }
    }

    /// <summary>All of them, those of dropped parameters too.</summary>
    public IReadOnlyList<CarriedValue> All => _values;

    /// <summary>The value of a parameter; null if there is none, or the parameter was dropped.</summary>
    public CarriedValue? Find(string name) => _values.Find(value => value.Name == name && !value.IsDropped);

    public void Assume(Parameter parameter, double code)
    {
        if (Find(parameter.Name) is null)
        {
            _values.Add(new CarriedValue(parameter.Name, parameter, code, true, false));
        }
    }

    public void Rename(string from, string to) => Change(from, value => value with { Name = to });

    /// <summary>Drops a value; false if it is another than the one that it must be.</summary>
    public bool Drop(string name, string? mustBe)
    {
        var isRight = mustBe is null || Find(name) is not { } value || value.Definition.TextOf(value.Code) == mustBe;
        Change(name, value => value with { IsDropped = true });
        return isRight;
    }

    private void Change(string name, Func<CarriedValue, CarriedValue> change)
    {
        if (_values.FindIndex(value => value.Name == name && !value.IsDropped) is >= 0 and var at)
        {
            _values[at] = change(_values[at]);
        }
    }
}

/// <summary>One value on its way.</summary>
/// <param name="Name">The parameter's present name.</param>
/// <param name="Definition">The definition by which it was chosen.</param>
/// <param name="Code">The value, in its terms.</param>
/// <param name="IsAssumed">Whether the trial had no such parameter, and is taken to have had this value.</param>
/// <param name="IsDropped">Whether the parameter is gone.</param>
internal sealed record CarriedValue(string Name, Parameter Definition, double Code, bool IsAssumed, bool IsDropped);
