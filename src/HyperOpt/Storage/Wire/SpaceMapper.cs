using System.Collections.Immutable;
using HyperOpt.Spaces;

namespace HyperOpt.Storage.Wire;

/// <summary>Spaces to records and back. Choices come back as text; a typed handle reads them by it.</summary>
internal static class SpaceMapper
{
    public static ImmutableArray<ParameterRecord> ToRecords(SearchSpace space) => [.. space.Select(ToRecord)];

    public static SearchSpace FromRecords(ImmutableArray<ParameterRecord> records)
    {
        var bare = records.ToDictionary(record => record.Name, Bare, StringComparer.Ordinal);
        var space = SearchSpace.Empty;
        foreach (var record in records)
        {
            var parameter = bare[record.Name];
            foreach (var condition in record.When ?? [])
            {
                // The parent may have been given another range since, or be missing where a part of a space was enqueued.
                if (bare.TryGetValue(condition.Parent, out var parent))
                {
                    parameter = parameter.When(parent, CodesOf(condition, parent));
                }
            }

            space = space.Extend(parameter);
        }

        return space;
    }

    /// <summary>A parameter by itself; its conditions stand in the space that it is in.</summary>
    public static Parameter FromRecord(ParameterRecord record) => Bare(record);

    private static ImmutableArray<double> CodesOf(ConditionRecord condition, Parameter parent) =>
        [.. condition.Values.Select(text => parent.TryReadCode(text, out var code) ? code : double.NaN).Where(code => !double.IsNaN(code))];

    public static ParameterRecord ToRecord(Parameter parameter)
    {
        var record = parameter switch
        {
            FloatParameter number => new ParameterRecord
            {
                Name = number.Name,
                Kind = "float",
                Low = number.Low,
                High = number.High,
                Step = number.StepSize,
                IsLog = number.IsLog ? true : null,
            },
            IntParameter number => new ParameterRecord
            {
                Name = number.Name,
                Kind = "int",
                Low = number.Low,
                High = number.High,
                Step = number.StepSize,
                IsLog = number.IsLog ? true : null,
            },
            _ => new ParameterRecord
            {
                Name = parameter.Name,
                Kind = parameter.IsOrdered ? "ordinal" : "categorical",
                Values = parameter.Texts,
            },
        };
        return parameter.Conditions.IsEmpty ? record : record with { When = [.. parameter.Conditions.Select(ToRecord)] };
    }

    private static ConditionRecord ToRecord(Condition condition) =>
        new() { Parent = condition.Parent.Name, Values = [.. condition.Texts] };

    private static Parameter Bare(ParameterRecord record) => record.Kind switch
    {
        "float" => Scaled(Parameter.Float(record.Name, record.Low!.Value, record.High!.Value), record),
        "int" => Scaled(Parameter.Int(record.Name, (int)record.Low!.Value, (int)record.High!.Value), record),
        "categorical" => Parameter.Categorical<string>(record.Name, record.Values!.Value.AsSpan()),
        "ordinal" => Parameter.Ordinal<string>(record.Name, record.Values!.Value.AsSpan()),
        _ => throw new InvalidDataException($"The kind of a parameter must be float, int, categorical or ordinal, but '{record.Name}' has '{record.Kind}'. A newer version wrote it."),
    };

    private static FloatParameter Scaled(FloatParameter parameter, ParameterRecord record)
    {
        parameter = record.Step is { } step ? parameter.Step(step) : parameter;
        return record.IsLog == true ? parameter.Log() : parameter;
    }

    private static IntParameter Scaled(IntParameter parameter, ParameterRecord record)
    {
        parameter = record.Step is { } step and not 1 ? parameter.Step((int)step) : parameter;
        return record.IsLog == true ? parameter.Log() : parameter;
    }
}
