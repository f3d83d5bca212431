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
    // Events are read by EventReader.
    public override WireValues Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

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
