using System.Collections.Immutable;
using System.Text.Json;
using HyperOpt.Storage.Wire;

namespace HyperOpt.Storage;

/// <summary>A study as a file to keep or to send: a header, then a line of JSON for each event, as <see cref="EventSerializer"/> writes it.</summary>
internal static class JsonLines
{
    private const int FlushAt = 1 << 16;

    public static async ValueTask WriteAsync(string study, ReadOnlyMemory<StudyEvent> events, Stream destination, CancellationToken token)
    {
        var serializer = new EventSerializer();
        using var buffer = new MemoryStream();
        var header = new ExportHeader { Format = ExportHeader.Name, Version = EventSerializer.FormatVersion, Study = study, Events = events.Length };
        Write(buffer, JsonSerializer.SerializeToUtf8Bytes(header, WireContext.Default.ExportHeader));
        for (var i = 0; i < events.Length; i++)
        {
            Write(buffer, serializer.Write(events.Span[i]));
            serializer.Note(events.Span[i]);
            if (buffer.Length > FlushAt)
            {
                await FlushAsync(buffer, destination, token).ConfigureAwait(false);
            }
        }

        await FlushAsync(buffer, destination, token).ConfigureAwait(false);
    }

    /// <summary>Reads what <see cref="WriteAsync"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is something else, newer, damaged or cut off.</exception>
    public static async ValueTask<(string Study, ImmutableArray<StudyEvent> Events)> ReadAsync(Stream source, CancellationToken token)
    {
        var lines = new LineReader(source, EventSerializer.MaxRecordLength);
        var header = HeaderOf(await lines.ReadAsync(token).ConfigureAwait(false));
        var serializer = new EventSerializer();
        var check = new LogCheck(header.Events);
        var events = ImmutableArray.CreateBuilder<StudyEvent>();
        while (await lines.ReadAsync(token).ConfigureAwait(false) is { } line)
        {
            try
            {
                events.Add(serializer.Read(line.Span));
                check.Add(events[^1]);
            }
            catch (InvalidDataException exception)
            {
                var remedy = exception.Message.EndsWith(LogCheck.Remedy, StringComparison.Ordinal) ? "" : " " + LogCheck.Remedy;
                throw new InvalidDataException($"Line {lines.Number}: {exception.Message}{remedy}", exception);
            }
        }

        check.End();
        return (header.Study, events.DrainToImmutable());
    }

    private static ExportHeader HeaderOf(ReadOnlyMemory<byte>? line)
    {
        ExportHeader? header = null;
        try
        {
            header = JsonSerializer.Deserialize((line ?? default).Span, WireContext.Default.ExportHeader);
        }
        catch (JsonException)
        {
            // Then it is no header.
        }

        if (header?.Format != ExportHeader.Name)
        {
            throw new InvalidDataException($"An exported study begins with a line that names the format '{ExportHeader.Name}', but this file does not. Import what StudyStore.ExportAsync wrote.");
        }

        return header.Version is > 0 and <= EventSerializer.FormatVersion ? header : throw new InvalidDataException(
            $"An exported study has a format up to version {EventSerializer.FormatVersion}, but this one has {header.Version}. A newer version of the library wrote it: update this one.");
    }

    private static void Write(MemoryStream buffer, byte[] line)
    {
        buffer.Write(line);
        buffer.WriteByte((byte)'\n');
    }

    private static async ValueTask FlushAsync(MemoryStream buffer, Stream destination, CancellationToken token)
    {
        await destination.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), token).ConfigureAwait(false);
        buffer.SetLength(0);
    }
}
