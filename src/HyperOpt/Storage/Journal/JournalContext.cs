using System.Text.Json;
using System.Text.Json.Serialization;

namespace HyperOpt.Storage.Journal;

/// <summary>The source-generated serializer of the lines that are about the file itself.</summary>
[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    MaxDepth = 16,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(JournalHeader))]
[JsonSerializable(typeof(StudyLine))]
[JsonSerializable(typeof(SnapshotEnd))]
internal sealed partial class JournalContext : JsonSerializerContext;

/// <summary>A study got its number, a name or another name; or was deleted.</summary>
internal sealed record StudyLine
{
    /// <summary><c>study</c> or <c>study_deleted</c>.</summary>
    public required string Event { get; init; }

    public string? Name { get; init; }

    /// <summary>In a snapshot: how many events of the study it stands for.</summary>
    public long? Events { get; init; }

    /// <exception cref="InvalidDataException">It is none.</exception>
    public static StudyLine Parse(JournalLine line)
    {
        try
        {
            return JsonSerializer.Deserialize(line.Bytes, JournalContext.Default.StudyLine)!;
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"A line about a study must name it, but this one does not: {exception.Message}", exception);
        }
    }
}

/// <summary>What follows was appended after the compaction.</summary>
internal sealed record SnapshotEnd
{
    /// <summary>How many lines the snapshot has.</summary>
    [JsonPropertyName("snapshot_end")]
    public required long Lines { get; init; }
}
