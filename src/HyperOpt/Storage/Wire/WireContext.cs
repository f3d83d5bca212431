using System.Text.Json;
using System.Text.Json.Serialization;

namespace HyperOpt.Storage.Wire;

/// <summary>The source-generated serializer of the format.</summary>
[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    MaxDepth = 16,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(EventRecord))]
[JsonSerializable(typeof(SpaceRecord))]
[JsonSerializable(typeof(System.Collections.Immutable.ImmutableArray<Trials.Artifact>))]
[JsonSerializable(typeof(System.Collections.Immutable.ImmutableArray<ChangeRecord>))]
[JsonSerializable(typeof(ImmutableParameterRecords))]
[JsonSerializable(typeof(ExportHeader))]
internal sealed partial class WireContext : JsonSerializerContext;

/// <summary>The parameters of a space, to be hashed.</summary>
internal sealed record ImmutableParameterRecords(System.Collections.Immutable.ImmutableArray<ParameterRecord> Parameters);
