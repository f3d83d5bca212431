using System.Collections.Immutable;
using HyperOpt.Spaces;

namespace HyperOpt.Storage.Wire;

/// <summary>Changes of a space to records and back.</summary>
internal static class ChangeMapper
{
    public static ImmutableArray<ChangeRecord> ToRecords(ImmutableArray<SpaceChange> changes) => [.. changes.Select(ToRecord)];

    /// <exception cref="InvalidDataException">One is of an unknown kind, or not whole.</exception>
    public static ImmutableArray<SpaceChange> FromRecords(ImmutableArray<ChangeRecord> records) => [.. records.Select(FromRecord)];

    private static ChangeRecord ToRecord(SpaceChange change) => change switch
    {
        ParameterRedefined redefined => new ChangeRecord { Change = "redefine", Parameter = SpaceMapper.ToRecord(redefined.Parameter) },
        ParameterAdded added => new ChangeRecord { Change = "add", Parameter = SpaceMapper.ToRecord(added.Parameter), Value = added.Parameter.TextOf(added.Code) },
        ParameterRenamed renamed => new ChangeRecord { Change = "rename", Name = renamed.From, To = renamed.To },
        ParameterDropped dropped => new ChangeRecord { Change = "drop", Name = dropped.Name, Value = dropped.Value },
        _ => throw new InvalidOperationException($"The changes of a space are those of the library, but got {change.GetType()}. Use them."),
    };

    private static SpaceChange FromRecord(ChangeRecord record) => record switch
    {
        { Change: "redefine", Parameter: { } parameter } => new ParameterRedefined(SpaceMapper.FromRecord(parameter)),
        { Change: "add", Parameter: { } parameter, Value: { } text } => Added(SpaceMapper.FromRecord(parameter), text),
        { Change: "rename", Name: { } from, To: { } to } => new ParameterRenamed(from, to),
        { Change: "drop", Name: { } name } => new ParameterDropped(name, record.Value),
        _ => throw new InvalidDataException($"A change of a space must be redefine, add, rename or drop, with its fields, but got '{record.Change}'. A newer version wrote it, or it is damaged."),
    };

    private static ParameterAdded Added(Parameter parameter, string text) => parameter.TryReadCode(text, out var code)
        ? new ParameterAdded(parameter, code)
        : throw new InvalidDataException($"The value of an added parameter must be in its domain, but '{text}' is not in ({parameter}). The record is damaged.");
}
