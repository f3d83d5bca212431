using System.Text.Json.Serialization;

namespace HyperOpt.Storage.Wire;

/// <summary>A change of a space as it is written.</summary>
internal sealed record ChangeRecord
{
    /// <summary>redefine, add, rename or drop.</summary>
    [JsonPropertyName("change")]
    public required string Change { get; init; }

    [JsonPropertyName("parameter")]
    public ParameterRecord? Parameter { get; init; }

    [JsonPropertyName("name")]
    public string? Name { get; init; }

    [JsonPropertyName("to")]
    public string? To { get; init; }

    /// <summary>A value as text: what an added parameter was before, or what a dropped one must have been.</summary>
    [JsonPropertyName("value")]
    public string? Value { get; init; }
}
