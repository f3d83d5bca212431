using System.Text.Json.Serialization;

namespace HyperOpt.Storage.Wire;

/// <summary>The first line of an exported study.</summary>
internal sealed record ExportHeader
{
    public const string Name = "hyperopt-study";

    [JsonPropertyName("format")]
    public required string Format { get; init; }

    [JsonPropertyName("version")]
    public required int Version { get; init; }

    [JsonPropertyName("study")]
    public required string Study { get; init; }

    /// <summary>How many lines follow, so that a file that was cut off shows.</summary>
    [JsonPropertyName("events")]
    public required int Events { get; init; }
}
