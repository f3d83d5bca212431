using System.Security.Cryptography;
using System.Text.Json;

namespace HyperOpt.Storage.Journal;

/// <summary>The first line of a journal.</summary>
internal sealed record JournalHeader
{
    public const string FormatName = "HyperOpt journal";

    public const int MaxLength = 512;

    /// <summary>Always <see cref="FormatName"/>.</summary>
    public required string Format { get; init; }

    /// <summary>Of the format.</summary>
    public required int Version { get; init; }

    /// <summary>Tells this journal from another that was put in its place; kept by compactions.</summary>
    public required string Id { get; init; }

    /// <summary>How often it was compacted.</summary>
    public required int Generation { get; init; }

    /// <summary>The number of the next study, if none is made after the snapshot; no number is given twice.</summary>
    public required int NextStudy { get; init; }

    /// <summary>The header of a new journal.</summary>
    public static JournalHeader Create() => new()
    {
        Format = FormatName,
        Version = EventSerializer.FormatVersion,
        Id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)), // must differ from file to file; no trial depends on it
        Generation = 0,
        NextStudy = 1,
    };

    /// <exception cref="InvalidDataException">It is none, or of a newer version.</exception>
    public static JournalHeader Parse(ReadOnlySpan<byte> bytes, string path)
    {
        if (!JournalLine.TryParse(bytes, out var line) || Read(line) is not { Format: FormatName } header)
        {
            throw JournalError.NoJournal(path, bytes);
        }

        return header.Version <= EventSerializer.FormatVersion ? header : throw JournalError.Newer(path, header.Version);
    }

    public byte[] ToLine()
    {
        using var line = new MemoryStream();
        JournalLine.Write(line, 0, false, JsonSerializer.SerializeToUtf8Bytes(this, JournalContext.Default.JournalHeader));
        return line.ToArray();
    }

    private static JournalHeader? Read(JournalLine line)
    {
        try
        {
            return JsonSerializer.Deserialize(line.Bytes, JournalContext.Default.JournalHeader);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
