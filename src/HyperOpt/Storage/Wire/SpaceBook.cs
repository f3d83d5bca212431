using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using HyperOpt.Spaces;

namespace HyperOpt.Storage.Wire;

/// <summary>The spaces that a log has named so far.</summary>
/// <param name="before">Those that it had named before what is about to be written; null: none.</param>
internal sealed class SpaceBook(SpaceBook? before)
{
    private static readonly ConditionalWeakTable<SearchSpace, SpaceRecord> Written = [];

    private readonly Dictionary<string, SearchSpace> _known = new(StringComparer.Ordinal);
    private string? _last;

    /// <summary>How a space is written: with its parameters unless the log has named it before.</summary>
    public SpaceRecord ToRecord(SearchSpace space)
    {
        var record = RecordOf(space);
        return IsKnown(record.Id) ? new SpaceRecord { Id = record.Id } : record;
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

        // Named from now on as the log does, however its writer came to the name.
        var space = SpaceMapper.FromRecords(parameters);
        Written.AddOrUpdate(space, record);
        _known.Add(record.Id, space);
        return space;
    }

    /// <summary>The space whose id the reader stands on, if the log has named it.</summary>
    public SearchSpace? Find(ref Utf8JsonReader id)
    {
        if (_last is not { } last || !id.ValueTextEquals(last))
        {
            _last = id.GetString()!;
        }

        return _known.GetValueOrDefault(_last);
    }

    /// <summary>A space stands in the log.</summary>
    public void Note(SearchSpace space) => _known.TryAdd(RecordOf(space).Id, space);

    private bool IsKnown(string id) => _known.ContainsKey(id) || before?.IsKnown(id) == true;

    private static SpaceRecord RecordOf(SearchSpace space) => Written.GetValue(space, static made =>
    {
        var parameters = SpaceMapper.ToRecords(made);
        var json = JsonSerializer.SerializeToUtf8Bytes(new ImmutableParameterRecords(parameters), WireContext.Default.ImmutableParameterRecords);
        return new SpaceRecord { Id = Convert.ToHexStringLower(SHA256.HashData(json).AsSpan(0, 8)), Parameters = parameters };
    });
}
