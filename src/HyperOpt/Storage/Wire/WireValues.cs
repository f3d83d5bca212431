using System.Text.Json;
using System.Text.Json.Serialization;

namespace HyperOpt.Storage.Wire;

/// <summary>Values by name, each a number or a text.</summary>
internal sealed class WireValues
{
    public List<(string Name, double Number, string? Text)> Items { get; } = [];
}

/// <summary>Writes values as one JSON object.</summary>
internal sealed class WireValuesConverter : JsonConverter<WireValues>
{
    public override WireValues Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("Values must be an object.");
        }

        var values = new WireValues();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            values.Items.Add(reader.TokenType switch
            {
                JsonTokenType.Number => (name, reader.GetDouble(), null),
                JsonTokenType.String => (name, double.NaN, reader.GetString()),
                _ => throw new JsonException("A value must be a number or a text."),
            });
        }

        return values;
    }

    public override void Write(Utf8JsonWriter writer, WireValues value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (name, number, text) in value.Items)
        {
            if (text is null)
            {
                writer.WriteNumber(name, number);
            }
            else
            {
                writer.WriteString(name, text);
            }
        }

        writer.WriteEndObject();
    }
}
