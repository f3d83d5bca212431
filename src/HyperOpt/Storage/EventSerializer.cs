using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using HyperOpt.Spaces;
using HyperOpt.Storage.Wire;

namespace HyperOpt.Storage;

/// <summary>
/// Turns the events of one log into JSON and back. A space is written out with the first event that needs it and named by its
/// hash afterwards, and a trial that asked for just what was proposed refers to that; so a serializer follows its log: <see cref="Note"/> tells it of
/// each event that stands there, in order. Not safe for concurrent use.
/// </summary>
/// <remarks>
/// Numbers are written so that they are read back bit for bit; those that JSON lacks are the texts "NaN", "Infinity" and "-Infinity".
/// Times are UTC in ISO 8601. A record may have up to 16 MiB and a depth of 16.
/// </remarks>
public sealed class EventSerializer
{
    /// <summary>The version of the format that is written, and the newest that is read.</summary>
    public const int FormatVersion = 1;

    /// <summary>The longest record, in bytes of UTF-8.</summary>
    public const int MaxRecordLength = 1 << 24;

    // Letters of all languages stand as they are. "Unsafe" are only pages that show a record without escaping it for HTML.
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly SpaceBook _spaces;
    private readonly Dictionary<int, Configuration> _begun;
    private readonly EventReader _reader;

    /// <summary>The serializer of a log that is read from its beginning.</summary>
    public EventSerializer()
    {
        _spaces = new SpaceBook(null);
        _reader = new EventReader(_spaces);
        _begun = [];
    }

    private EventSerializer(EventSerializer other)
    {
        _spaces = new SpaceBook(other._spaces);
        _reader = new EventReader(_spaces);
        _begun = new Dictionary<int, Configuration>(other._begun);
    }

    /// <summary>The JSON of an event, in UTF-8, on one line without its end.</summary>
    /// <exception cref="ArgumentException">It is longer than <see cref="MaxRecordLength"/>.</exception>
    public byte[] Write(StudyEvent entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, Readable))
        {
            JsonSerializer.Serialize(writer, EventMapper.ToRecord(entry, _spaces, _begun), WireContext.Default.EventRecord);
        }

        var json = buffer.WrittenSpan.ToArray();
        return json.Length <= MaxRecordLength ? json : throw new ArgumentException(
            $"A record has up to {MaxRecordLength} bytes, but a {entry.GetType().Name} came to {json.Length}. Keep large texts as artifacts, not as attributes.", nameof(entry));
    }

    /// <summary>The JSON of events that are to be appended together. Tell of them by <see cref="Note"/> once they are, and not if they are refused.</summary>
    /// <exception cref="ArgumentException">One of them is longer than <see cref="MaxRecordLength"/>.</exception>
    public ImmutableArray<byte[]> WriteAll(ImmutableArray<StudyEvent> events)
    {
        if (events.Length == 1)
        {
            return [Write(events[0])];
        }

        // Later events refer to earlier ones, which do not stand in the log yet.
        var ahead = new EventSerializer(this);
        var records = ImmutableArray.CreateBuilder<byte[]>(events.Length);
        foreach (var entry in events)
        {
            records.Add(ahead.Write(entry));
            ahead.Note(entry);
        }

        return records.MoveToImmutable();
    }

    /// <summary>The JSON of events that are to be appended together, and then that of others, one of which is to follow them.</summary>
    /// <exception cref="ArgumentException">One of them is longer than <see cref="MaxRecordLength"/>.</exception>
    public ImmutableArray<byte[]> WriteAll(ImmutableArray<StudyEvent> events, ImmutableArray<StudyEvent> oneOf)
    {
        if (oneOf.IsEmpty)
        {
            return WriteAll(events);
        }

        var ahead = events.IsEmpty ? this : new EventSerializer(this);
        var records = ImmutableArray.CreateBuilder<byte[]>(events.Length + oneOf.Length);
        foreach (var entry in events)
        {
            records.Add(ahead.Write(entry));
            ahead.Note(entry);
        }

        records.AddRange(oneOf.Select(ahead.Write));
        return records.MoveToImmutable();
    }

    /// <summary>The event of some JSON, which stands next in the log.</summary>
    /// <exception cref="InvalidDataException">It is no event, or refers to what the log does not hold.</exception>
    public StudyEvent Read(ReadOnlySpan<byte> json)
    {
        if (json.Length > MaxRecordLength)
        {
            throw new InvalidDataException($"A record has up to {MaxRecordLength} bytes, but this one has {json.Length}. It was not written by this library.");
        }

        try
        {
            var entry = EventMapper.FromFields(_reader.Read(json), _begun);
            Note(entry);
            return entry;
        }
        catch (Exception exception) when (exception is not (InvalidDataException or OutOfMemoryException))
        {
            var start = Encoding.UTF8.GetString(json[..Math.Min(json.Length, 120)]);
            throw new InvalidDataException($"A record must be an event of this library, but this one is not: {exception.Message} It begins: {start}", exception);
        }
    }

    /// <summary>Tells of an event that was written and now stands in the log.</summary>
    public void Note(StudyEvent entry)
    {
        switch (entry)
        {
            case StudyCreated created:
                foreach (var trial in created.Sources.SelectMany(source => source.Trials))
                {
                    _spaces.Note(trial.Parameters.Space);
                }

                break;
            case SpaceChanged changed:
                _spaces.Note(changed.Space);
                break;
            case TrialEnqueued enqueued:
                _spaces.Note(enqueued.Fixed.Space);
                break;
            case TrialStarted { Proposed: { } proposed } started:
                Begin(started.Number, proposed);
                break;
            case TrialProposed made:
                Begin(made.Number, made.Proposed);
                break;
            case TrialEnded ended:
                _spaces.Note(ended.Parameters.Space);
                _begun.Remove(ended.Number);
                break;
            case TrialRestored restored:
                Restore(restored);
                break;
        }
    }

    private void Restore(TrialRestored restored)
    {
        _spaces.Note(restored.Trial.Parameters.Space);
        if (restored.Fixed is { } given)
        {
            _spaces.Note(given.Space);
        }

        if (restored.Proposed is { } proposed)
        {
            _spaces.Note(proposed.Space);
            if (restored.Trial.State is Trials.TrialState.Waiting or Trials.TrialState.Running)
            {
                _begun[restored.Trial.Number] = proposed;
            }
        }
    }

    private void Begin(int number, Configuration proposed)
    {
        _spaces.Note(proposed.Space);
        _begun[number] = proposed;
    }
}
