using System.Collections.Immutable;
using System.Text.Json;
using HyperOpt.Spaces;
using HyperOpt.Trials;

namespace HyperOpt.Storage.Wire;

/// <summary>
/// Reads the fields of events. By hand, because a study's load is mostly this: several times faster than the serializer, which also
/// does not read back the "NaN" that it writes into lists. What it does not know it skips.
/// </summary>
internal sealed class EventReader(SpaceBook spaces)
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 16 };

    private readonly ConfigurationReader _configurations = new(spaces);
    private readonly ReasonReader _reasons = new();
    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);
    private string _lastWorker = "";

    public EventFields Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, Options);
        var fields = new EventFields();
        Expect(reader.Read() && reader.TokenType == JsonTokenType.StartObject, "An event must be an object.");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.ValueSpan;
            reader.Read();
            if (reader.TokenType == JsonTokenType.Null || !TryReadField(name, ref reader, ref fields))
            {
                reader.Skip();
            }
        }

        Expect(!reader.Read(), "Nothing may follow an event.");
        return fields;
    }

    private bool TryReadField(ReadOnlySpan<byte> name, ref Utf8JsonReader reader, ref EventFields fields)
    {
        if (name.SequenceEqual("event"u8))
        {
            fields.Event = WireRead.Kind(ref reader);
        }
        else if (name.SequenceEqual("at"u8))
        {
            fields.At = reader.GetDateTimeOffset();
        }
        else if (name.SequenceEqual("trial"u8))
        {
            fields.Trial = WireRead.Count(ref reader);
        }
        else if (name.SequenceEqual("attempt"u8))
        {
            fields.Attempt = WireRead.Count(ref reader);
        }
        else if (name.SequenceEqual("values"u8))
        {
            fields.Values = WireRead.Numbers(ref reader);
        }
        else if (name.SequenceEqual("step"u8))
        {
            fields.Step = reader.GetInt32();
        }
        else if (name.SequenceEqual("worker"u8))
        {
            fields.Worker = Worker(ref reader);
        }
        else if (name.SequenceEqual("new"u8))
        {
            fields.IsNew = reader.GetBoolean();
        }
        else if (name.SequenceEqual("state"u8))
        {
            fields.State = WireRead.State(ref reader);
        }
        else if (name.SequenceEqual("proposed"u8))
        {
            fields.Proposed = _configurations.Read(ref reader);
        }
        else if (name.SequenceEqual("parameters"u8))
        {
            fields.Parameters = _configurations.Read(ref reader);
        }
        else
        {
            return TryReadRareField(name, ref reader, ref fields);
        }

        return true;
    }

    private bool TryReadRareField(ReadOnlySpan<byte> name, ref Utf8JsonReader reader, ref EventFields fields)
    {
        if (name.SequenceEqual("fixed"u8))
        {
            fields.Fixed = _configurations.Read(ref reader);
        }
        else if (name.SequenceEqual("parent"u8))
        {
            fields.Parent = WireRead.Count(ref reader);
        }
        else if (name.SequenceEqual("reason"u8))
        {
            fields.Reason = _reasons.Read(ref reader);
        }
        else if (name.SequenceEqual("constraints"u8))
        {
            fields.Constraints = WireRead.Numbers(ref reader);
        }
        else if (name.SequenceEqual("attributes"u8))
        {
            fields.Attributes = WireRead.Attributes(ref reader);
        }
        else if (name.SequenceEqual("reports"u8))
        {
            fields.Reports = WireRead.Reports(ref reader);
        }
        else if (name.SequenceEqual("artifacts"u8))
        {
            fields.Artifacts = WireRead.Artifacts(ref reader);
        }
        else if (name.SequenceEqual("name"u8))
        {
            fields.Name = reader.GetString();
        }
        else if (name.SequenceEqual("value"u8))
        {
            fields.Value = WireRead.Attribute(ref reader);
        }
        else if (name.SequenceEqual("error"u8))
        {
            fields.Error = reader.GetString();
        }
        else if (name.SequenceEqual("pruning"u8))
        {
            fields.Pruning = WireRead.Pruning(ref reader);
        }
        else if (name.SequenceEqual("lost"u8))
        {
            fields.Lost = WireRead.Count(ref reader);
        }
        else if (name.SequenceEqual("started"u8))
        {
            fields.Started = reader.GetDateTimeOffset();
        }
        else if (name.SequenceEqual("finished"u8))
        {
            fields.Finished = reader.GetDateTimeOffset();
        }
        else if (name.SequenceEqual("id"u8))
        {
            fields.Id = reader.GetString();
        }
        else if (name.SequenceEqual("seed"u8))
        {
            fields.Seed = reader.GetUInt64();
        }
        else if (name.SequenceEqual("directions"u8))
        {
            fields.Signs = WireRead.Signs(ref reader);
        }
        else if (name.SequenceEqual("sources"u8))
        {
            fields.Sources = SourceMapper.Read(ref reader, _configurations);
        }
        else if (name.SequenceEqual("version"u8))
        {
            fields.Version = WireRead.Count(ref reader);
        }
        else if (name.SequenceEqual("trials"u8))
        {
            fields.Trials = WireRead.Count(ref reader);
        }
        else if (name.SequenceEqual("space"u8))
        {
            fields.Space = _configurations.ReadSpace(ref reader);
        }
        else if (name.SequenceEqual("changes"u8))
        {
            fields.Changes = JsonSerializer.Deserialize(ref reader, WireContext.Default.ImmutableArrayChangeRecord);
        }
        else
        {
            return false;
        }

        return true;
    }

    // Few workers have many trials: their names are kept once.
    private string Worker(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String && !reader.ValueTextEquals(_lastWorker))
        {
            var worker = reader.GetString()!;
            _lastWorker = _texts.TryGetValue(worker, out var known) ? known : worker;
            _texts.Add(_lastWorker);
        }

        return reader.TokenType == JsonTokenType.String ? _lastWorker : throw new JsonException("A worker must be a text.");
    }

    private static void Expect(bool holds, string law)
    {
        if (!holds)
        {
            throw new JsonException(law);
        }
    }
}
