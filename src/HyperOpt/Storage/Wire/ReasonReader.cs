using System.Text.Json;
using HyperOpt.Trials;

namespace HyperOpt.Storage.Wire;

/// <summary>Reads why samplers proposed trials. The same few texts come again and again: each is kept once.</summary>
internal sealed class ReasonReader
{
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    public ProposalReason Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("The reason of a proposal must be an object.");
        }

        var reason = new ProposalReason("");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            reader.Read();
            reason = reader.TokenType == JsonTokenType.Null ? reason : With(reason, name, ref reader);
            reader.Skip();
        }

        return reason.Strategy.Length > 0 ? reason : throw new JsonException("The reason of a proposal must have a strategy.");
    }

    private ProposalReason With(ProposalReason reason, string? name, ref Utf8JsonReader reader) => name switch
    {
        "strategy" => reason with { Strategy = Text(ref reader) },
        "choice" => reason with { Choice = Text(ref reader) },
        "model" => reason with { Model = Text(ref reader) },
        "fallback" => reason with { Fallback = Text(ref reader) },
        "acquisition" => reason with { Acquisition = WireRead.Number(ref reader) },
        "mean" => reason with { Mean = WireRead.Number(ref reader) },
        "spread" => reason with { Spread = WireRead.Number(ref reader) },
        _ => reason,
    };

    private string Text(ref Utf8JsonReader reader)
    {
        var text = reader.GetString() ?? throw new JsonException("A text must not be null.");
        return _texts.TryGetValue(text, out var known) ? known : _texts[text] = text;
    }
}
