using System.Text.Json.Serialization;

namespace HyperOpt.Storage.Wire;

/// <summary>A configuration as it is written: its space and its values by name, numbers as numbers and choices as text.</summary>
internal sealed record ConfigurationRecord
{
    [JsonPropertyName("space")]
    public required SpaceRecord Space { get; init; }

    /// <summary>How often the study's space had been changed; left out: never.</summary>
    [JsonPropertyName("version")]
    public int? Version { get; init; }

    [JsonPropertyName("values")]
    [JsonConverter(typeof(WireValuesConverter))]
    public required WireValues Values { get; init; }
}
