using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace HyperOpt.Storage.Wire;

/// <summary>A space as it is written: by its hash, with its parameters the first time.</summary>
internal sealed record SpaceRecord
{
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    [JsonPropertyName("parameters")]
    public ImmutableArray<ParameterRecord>? Parameters { get; init; }
}
