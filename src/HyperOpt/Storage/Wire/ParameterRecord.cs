using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace HyperOpt.Storage.Wire;

/// <summary>A parameter's definition as it is written.</summary>
internal sealed record ParameterRecord
{
    [JsonPropertyName("name")]
    public required string Name { get; init; }

    /// <summary>float, int, categorical or ordinal.</summary>
    [JsonPropertyName("kind")]
    public required string Kind { get; init; }

    [JsonPropertyName("low")]
    public double? Low { get; init; }

    [JsonPropertyName("high")]
    public double? High { get; init; }

    [JsonPropertyName("step")]
    public double? Step { get; init; }

    [JsonPropertyName("log")]
    public bool? IsLog { get; init; }

    [JsonPropertyName("values")]
    public ImmutableArray<string>? Values { get; init; }

    [JsonPropertyName("when")]
    public ImmutableArray<ConditionRecord>? When { get; init; }
}

/// <summary>A condition as it is written: the parent's name and its values as text.</summary>
internal sealed record ConditionRecord
{
    [JsonPropertyName("parent")]
    public required string Parent { get; init; }

    [JsonPropertyName("values")]
    public required ImmutableArray<string> Values { get; init; }
}
