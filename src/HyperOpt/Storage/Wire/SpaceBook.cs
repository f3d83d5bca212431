using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using HyperOpt.Spaces;

namespace HyperOpt.Storage.Wire;

/// <summary>The spaces that a log has named so far.</summary>
internal sealed class SpaceBook
{
    private static readonly ConditionalWeakTable<SearchSpace, SpaceRecord> Written = [];

    private readonly Dictionary<string, SearchSpace> _known = new(StringComparer.Ordinal);

    /// <summary>How a space is written: with its parameters unless the log has named it before.</summary>
    public SpaceRecord ToRecord(SearchSpace space)
    {
        var record = RecordOf(space);
        return _known.ContainsKey(record.Id) ? new SpaceRecord { Id = record.Id } : record;
    }

    /// <summary>The space of a record; one instance for each.</summary>
    public SearchSpace FromRecord(SpaceRecord record)
    {
        if (_known.TryGetValue(record.Id, out var known))
        {
            return known;
        }

        if (record.Parameters is not { } parameters)
        {
            throw new InvalidDataException($"A space must be written out before it is named, but '{record.Id}' was not. The log lacks a part.");
        }

        var space = SpaceMapper.FromRecords(parameters);
        _known.Add(record.Id, space);
        return space;
    }

    /// <summary>A space stands in the log.</summary>
    public void Note(SearchSpace space) => _known.TryAdd(RecordOf(space).Id, space);

    private static SpaceRecord RecordOf(SearchSpace space) => Written.GetValue(space, static made =>
    {
        var parameters = SpaceMapper.ToRecords(made);
        var json = JsonSerializer.SerializeToUtf8Bytes(new ImmutableParameterRecords(parameters), WireContext.Default.ImmutableParameterRecords);
        return new SpaceRecord { Id = Convert.ToHexStringLower(SHA256.HashData(json).AsSpan(0, 8)), Parameters = parameters };
    });
}
