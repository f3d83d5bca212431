using System.Runtime.InteropServices;
using System.Text.Json;
using HyperOpt.Spaces;

namespace HyperOpt.Storage.Wire;

/// <summary>Reads configurations: their space, by its hash or written out, and their values by name.</summary>
internal sealed class ConfigurationReader(SpaceBook spaces)
{
    public Configuration Read(ref Utf8JsonReader reader)
    {
        WireRead.Expect(ref reader, JsonTokenType.StartObject);
        SearchSpace? space = null;
        double[]? codes = null;
        var version = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isSpace, isValues, isVersion) = (reader.ValueTextEquals("space"u8), reader.ValueTextEquals("values"u8), reader.ValueTextEquals("version"u8));
            reader.Read();
            if (isSpace)
            {
                space = ReadSpace(ref reader);
            }
            else if (isVersion)
            {
                version = WireRead.Count(ref reader);
            }
            else if (isValues)
            {
                codes = Codes(ref reader, space ?? throw new JsonException("The space of values must come before them."));
            }
            else
            {
                reader.Skip();
            }
        }

        return new Configuration(space!, ImmutableCollectionsMarshal.AsImmutableArray(codes ?? throw new JsonException("A configuration must have a space and values.")), version);
    }

    public SearchSpace ReadSpace(ref Utf8JsonReader reader)
    {
        WireRead.Expect(ref reader, JsonTokenType.StartObject);
        var ahead = reader;
        if (ahead.Read() && ahead.TokenType == JsonTokenType.PropertyName && ahead.ValueTextEquals("id"u8) && ahead.Read()
            && ahead.TokenType == JsonTokenType.String && spaces.Find(ref ahead) is { } known)
        {
            reader.Skip();
            return known;
        }

        return spaces.FromRecord(JsonSerializer.Deserialize(ref reader, WireContext.Default.SpaceRecord)!);
    }

    private static double[] Codes(ref Utf8JsonReader reader, SearchSpace space)
    {
        WireRead.Expect(ref reader, JsonTokenType.StartObject);
        var codes = new double[space.Count];
        Array.Fill(codes, double.NaN);
        var axis = -1;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            axis = Axis(ref reader, space, axis + 1);
            reader.Read();
            codes[axis] = Code(ref reader, space[axis]);
        }

        return codes;
    }

    // They are written in the order of the space.
    private static int Axis(ref Utf8JsonReader reader, SearchSpace space, int guess)
    {
        if (guess < space.Count && reader.ValueTextEquals(space[guess].Name))
        {
            return guess;
        }

        var name = reader.GetString()!;
        return space.IndexOf(name) is >= 0 and var axis ? axis : throw new JsonException($"A value must be of a parameter of its space, but '{name}' is none.");
    }

    private static double Code(ref Utf8JsonReader reader, Parameter parameter)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            var text = reader.GetString()!;
            return parameter.TryReadCode(text, out var code) ? code : throw new JsonException($"A value must be in its parameter's domain, but '{text}' is not in ({parameter}).");
        }

        var number = reader.GetDouble();
        var fits = parameter switch
        {
            FloatParameter real => number >= real.Low && number <= real.High,
            IntParameter whole => number >= whole.Low && number <= whole.High && Math.Truncate(number) == number,
            _ => false,
        };
        return fits ? number : throw new JsonException(FormattableString.Invariant($"A value must be in its parameter's domain, but {number} is not in ({parameter})."));
    }
}
