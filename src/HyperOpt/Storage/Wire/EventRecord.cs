using System.Collections.Immutable;
using System.Text.Json.Serialization;
using HyperOpt.Trials;

namespace HyperOpt.Storage.Wire;

/// <summary>An event as it is written: the fields that it has, in this order.</summary>
internal sealed record EventRecord
{
    [JsonPropertyName("event")]
    public required string Event { get; init; }

    [JsonPropertyName("at")]
    public required DateTimeOffset At { get; init; }

    [JsonPropertyName("trial")]
    public int? Trial { get; init; }

    [JsonPropertyName("attempt")]
    public int? Attempt { get; init; }

    [JsonPropertyName("worker")]
    public string? Worker { get; init; }

    [JsonPropertyName("new")]
    public bool? IsNew { get; init; }

    [JsonPropertyName("state")]
    public string? State { get; init; }

    [JsonPropertyName("values")]
    public ImmutableArray<double>? Values { get; init; }

    [JsonPropertyName("step")]
    public int? Step { get; init; }

    [JsonPropertyName("parameters")]
    public ConfigurationRecord? Parameters { get; init; }

    [JsonPropertyName("proposed")]
    public ConfigurationRecord? Proposed { get; init; }

    [JsonPropertyName("fixed")]
    public ConfigurationRecord? Fixed { get; init; }

    [JsonPropertyName("parent")]
    public int? Parent { get; init; }

    [JsonPropertyName("reason")]
    public ReasonRecord? Reason { get; init; }

    [JsonPropertyName("constraints")]
    public ImmutableArray<double>? Constraints { get; init; }

    [JsonPropertyName("attributes")]
    public ImmutableSortedDictionary<string, AttributeRecord>? Attributes { get; init; }

    [JsonPropertyName("reports")]
    public ImmutableArray<ReportRecord>? Reports { get; init; }

    [JsonPropertyName("artifacts")]
    public ImmutableArray<Artifact>? Artifacts { get; init; }

    [JsonPropertyName("name")]
    public string? Name { get; init; }

    [JsonPropertyName("value")]
    public AttributeRecord? Value { get; init; }

    [JsonPropertyName("error")]
    public string? Error { get; init; }

    [JsonPropertyName("pruning")]
    public PruningRecord? Pruning { get; init; }

    [JsonPropertyName("lost")]
    public int? Lost { get; init; }

    [JsonPropertyName("started")]
    public DateTimeOffset? Started { get; init; }

    [JsonPropertyName("finished")]
    public DateTimeOffset? Finished { get; init; }

    [JsonPropertyName("id")]
    public string? Id { get; init; }

    [JsonPropertyName("seed")]
    public ulong? Seed { get; init; }

    [JsonPropertyName("directions")]
    public ImmutableArray<string>? Directions { get; init; }

    [JsonPropertyName("sources")]
    public ImmutableArray<SourceRecord>? Sources { get; init; }

    [JsonPropertyName("version")]
    public int? Version { get; init; }

    [JsonPropertyName("trials")]
    public int? Trials { get; init; }

    [JsonPropertyName("space")]
    public SpaceRecord? Space { get; init; }

    [JsonPropertyName("changes")]
    public ImmutableArray<ChangeRecord>? Changes { get; init; }
}

/// <summary>An attribute's value as it is written: one of the three.</summary>
internal sealed record AttributeRecord
{
    [JsonPropertyName("text")]
    public string? Text { get; init; }

    [JsonPropertyName("number")]
    public double? Number { get; init; }

    [JsonPropertyName("truth")]
    public bool? Truth { get; init; }
}

/// <summary>A pruner's decision as it is written.</summary>
internal sealed record PruningRecord
{
    [JsonPropertyName("rule")]
    public required string Rule { get; init; }

    [JsonPropertyName("step")]
    public required int Step { get; init; }

    [JsonPropertyName("reason")]
    public required string Reason { get; init; }

    [JsonPropertyName("figures")]
    public ImmutableSortedDictionary<string, double>? Figures { get; init; }
}

/// <summary>A report as it is written.</summary>
internal sealed record ReportRecord
{
    [JsonPropertyName("step")]
    public required int Step { get; init; }

    [JsonPropertyName("values")]
    public required ImmutableArray<double> Values { get; init; }
}

/// <summary>Why a sampler proposed a trial, as it is written.</summary>
internal sealed record ReasonRecord
{
    [JsonPropertyName("strategy")]
    public required string Strategy { get; init; }

    [JsonPropertyName("choice")]
    public string? Choice { get; init; }

    [JsonPropertyName("model")]
    public string? Model { get; init; }

    [JsonPropertyName("acquisition")]
    public double? Acquisition { get; init; }

    [JsonPropertyName("mean")]
    public double? Mean { get; init; }

    [JsonPropertyName("spread")]
    public double? Spread { get; init; }

    [JsonPropertyName("fallback")]
    public string? Fallback { get; init; }
}
