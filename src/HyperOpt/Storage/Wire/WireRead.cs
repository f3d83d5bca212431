using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using HyperOpt.Trials;

namespace HyperOpt.Storage.Wire;

/// <summary>Reads the values of which events are made. The reader stands on a value's first token, and on its last afterwards.</summary>
internal static class WireRead
{
    private static readonly string[] Kinds =
    [
        "reported", "started", "ended", "trial", "proposed", "released", "enqueued", "alive", "artifact_saved", "artifact_deleted", "study_attribute", "study_created", "space_changed",
    ];

    /// <summary>The kind of an event: one of the known texts, or a new one.</summary>
    public static string Kind(ref Utf8JsonReader reader)
    {
        foreach (var kind in Kinds)
        {
            if (reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(kind))
            {
                return kind;
            }
        }

        return reader.GetString()!;
    }

    /// <summary>A whole number that counts something.</summary>
    public static int Count(ref Utf8JsonReader reader) =>
        reader.GetInt32() is >= 0 and var count ? count : throw new JsonException("A number that counts must not be negative.");

    /// <summary>A number, or the text of one that JSON lacks.</summary>
    public static double Number(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number ? reader.GetDouble()
        : reader.TokenType != JsonTokenType.String ? throw new JsonException($"A number must be one or a text that stands for one, but got {reader.TokenType}.")
        : reader.ValueTextEquals("NaN"u8) ? double.NaN
        : reader.ValueTextEquals("Infinity"u8) ? double.PositiveInfinity
        : reader.ValueTextEquals("-Infinity"u8) ? double.NegativeInfinity
        : throw new JsonException("The texts that stand for numbers are NaN, Infinity and -Infinity.");

    public static ImmutableArray<double> Numbers(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartArray);
        Span<double> few = stackalloc double[8];
        List<double>? many = null;
        var count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var number = Number(ref reader);
            if (count < few.Length)
            {
                few[count++] = number;
            }
            else
            {
                (many ??= [.. few]).Add(number);
            }
        }

        return many is not null ? [.. many] : ImmutableCollectionsMarshal.AsImmutableArray(few[..count].ToArray());
    }

    public static ImmutableArray<double> Signs(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartArray);
        var signs = ImmutableArray.CreateBuilder<double>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            signs.Add(reader.ValueTextEquals("minimize"u8) ? 1 : reader.ValueTextEquals("maximize"u8) ? -1 : throw new JsonException("A direction is minimize or maximize."));
        }

        return signs.ToImmutable();
    }

    public static TrialState State(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("Completed"u8) ? TrialState.Completed
        : reader.ValueTextEquals("Pruned"u8) ? TrialState.Pruned
        : reader.ValueTextEquals("Failed"u8) ? TrialState.Failed
        : reader.ValueTextEquals("Running"u8) ? TrialState.Running
        : reader.ValueTextEquals("Waiting"u8) ? TrialState.Waiting
        : throw new JsonException($"A state must be one of a trial's, but got '{reader.GetString()}'.");

    public static ImmutableArray<Report> Reports(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartArray);
        var reports = ImmutableArray.CreateBuilder<Report>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            Expect(ref reader, JsonTokenType.StartObject);
            int? step = null;
            ImmutableArray<double>? values = null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var (isStep, isValues) = (reader.ValueTextEquals("step"u8), reader.ValueTextEquals("values"u8));
                reader.Read();
                step = isStep ? reader.GetInt32() : step;
                values = isValues ? Numbers(ref reader) : values;
                reader.Skip();
            }

            reports.Add(new Report(step ?? throw new JsonException("A report must have a step."), values ?? throw new JsonException("A report must have values.")));
        }

        return reports.DrainToImmutable();
    }

    public static PruningDecision Pruning(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartObject);
        var (rule, reason, step, figures) = ((string?)null, (string?)null, (int?)null, PruningDecision.NoFigures.ToBuilder());
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.ValueSpan;
            reader.Read();
            if (name.SequenceEqual("rule"u8))
            {
                rule = reader.GetString();
            }
            else if (name.SequenceEqual("reason"u8))
            {
                reason = reader.GetString();
            }
            else if (name.SequenceEqual("step"u8))
            {
                step = reader.GetInt32();
            }
            else if (name.SequenceEqual("figures"u8))
            {
                ReadFigures(ref reader, figures);
            }
            else
            {
                reader.Skip();
            }
        }

        return rule is not null && reason is not null && step is { } at
            ? new PruningDecision { Rule = rule, Step = at, Reason = reason, Figures = figures.ToImmutable() }
            : throw new JsonException("A pruner's decision must have a rule, a step and a reason.");
    }

    private static void ReadFigures(ref Utf8JsonReader reader, ImmutableSortedDictionary<string, double>.Builder figures)
    {
        Expect(ref reader, JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            figures[name] = Number(ref reader);
        }
    }

    public static AttributeValue Attribute(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartObject);
        AttributeValue? value = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isText, isNumber, isTruth) = (reader.ValueTextEquals("text"u8), reader.ValueTextEquals("number"u8), reader.ValueTextEquals("truth"u8));
            reader.Read();
            value = isText ? reader.GetString()! : isNumber ? Number(ref reader) : isTruth ? reader.GetBoolean() : value;
            reader.Skip();
        }

        return value ?? throw new JsonException("An attribute must have a text, a number or a truth.");
    }

    public static ImmutableSortedDictionary<string, AttributeValue> Attributes(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartObject);
        var attributes = FrozenTrial.NoAttributes.ToBuilder();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            attributes[name] = Attribute(ref reader);
        }

        return attributes.ToImmutable();
    }

    public static ImmutableSortedDictionary<string, Artifact> Artifacts(ref Utf8JsonReader reader)
    {
        var artifacts = FrozenTrial.NoArtifacts.ToBuilder();
        foreach (var artifact in JsonSerializer.Deserialize(ref reader, WireContext.Default.ImmutableArrayArtifact))
        {
            artifacts[artifact.Name] = artifact is { Hash: not null, Key: not null, Length: >= 0 } ? artifact : throw new JsonException("An artifact must have a name, a length, a hash and a key.");
        }

        return artifacts.ToImmutable();
    }

    public static void Expect(ref Utf8JsonReader reader, JsonTokenType token)
    {
        if (reader.TokenType != token)
        {
            throw new JsonException($"Here must be {token}, but got {reader.TokenType}.");
        }
    }
}
