using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using HyperOpt.Spaces;
using HyperOpt.Trials;

namespace HyperOpt.Storage.Wire;

/// <summary>The trials of another study as they are written.</summary>
internal sealed record SourceRecord
{
    [JsonPropertyName("name")]
    public required string Name { get; init; }

    [JsonPropertyName("trials")]
    public required ImmutableArray<SourceTrialRecord> Trials { get; init; }
}

/// <summary>One of them.</summary>
internal sealed record SourceTrialRecord
{
    [JsonPropertyName("parameters")]
    public required ConfigurationRecord Parameters { get; init; }

    [JsonPropertyName("losses")]
    public required ImmutableArray<double> Losses { get; init; }
}

/// <summary>What a study knows of others, to records and back.</summary>
internal static class SourceMapper
{
    /// <summary>The records; null if there are none.</summary>
    /// <param name="sources">What is written.</param>
    /// <param name="record">Writes a configuration, its space always with its parameters.</param>
    public static ImmutableArray<SourceRecord>? ToRecords(ImmutableArray<StudySource> sources, Func<Configuration, ConfigurationRecord> record)
    {
        var written = new HashSet<string>(StringComparer.Ordinal);
        return sources.IsDefaultOrEmpty ? null : [.. sources.Select(source => new SourceRecord
        {
            Name = source.Name,
            Trials = [.. source.Trials.Select(trial => new SourceTrialRecord { Parameters = Short(record(trial.Parameters)), Losses = trial.Losses })],
        })];

        ConfigurationRecord Short(ConfigurationRecord whole) => written.Add(whole.Space.Id) ? whole : whole with { Space = new SpaceRecord { Id = whole.Space.Id } };
    }

    /// <summary>Reads them back.</summary>
    public static ImmutableArray<StudySource> Read(ref Utf8JsonReader reader, ConfigurationReader configurations)
    {
        WireRead.Expect(ref reader, JsonTokenType.StartArray);
        var sources = ImmutableArray.CreateBuilder<StudySource>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            WireRead.Expect(ref reader, JsonTokenType.StartObject);
            string? name = null;
            var trials = ImmutableArray.CreateBuilder<SourceTrial>();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var (isName, isTrials) = (reader.ValueTextEquals("name"u8), reader.ValueTextEquals("trials"u8));
                reader.Read();
                name = isName ? reader.GetString() : name;
                if (isTrials)
                {
                    ReadTrials(ref reader, configurations, trials);
                }
                else
                {
                    reader.Skip();
                }
            }

            sources.Add(new StudySource(name ?? throw new JsonException("A source must have a name."), trials.ToImmutable()));
        }

        return sources.ToImmutable();
    }

    private static void ReadTrials(ref Utf8JsonReader reader, ConfigurationReader configurations, ImmutableArray<SourceTrial>.Builder trials)
    {
        WireRead.Expect(ref reader, JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            WireRead.Expect(ref reader, JsonTokenType.StartObject);
            Configuration? parameters = null;
            ImmutableArray<double>? losses = null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var (isParameters, isLosses) = (reader.ValueTextEquals("parameters"u8), reader.ValueTextEquals("losses"u8));
                reader.Read();
                parameters = isParameters ? configurations.Read(ref reader) : parameters;
                losses = isLosses ? WireRead.Numbers(ref reader) : losses;
                reader.Skip();
            }

            trials.Add(new SourceTrial(
                parameters ?? throw new JsonException("A source's trial must have parameters."), losses ?? throw new JsonException("A source's trial must have losses.")));
        }
    }
}
