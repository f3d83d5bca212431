using System.Collections.Immutable;
using HyperOpt.Storage;

namespace HyperOpt.PostgreSql;

/// <summary>What one reader of a log knows of it: its place, what it has yet to answer with, and the tail that a crash of the server might take.</summary>
internal sealed class LogMemory
{
    private readonly EventSerializer _reader = new();
    private readonly List<StudyEvent> _news = []; // learnt, and not answered with yet: a call may fail after it has learnt something
    private readonly HashSet<long> _known = []; // batches that a crash has moved or taken: when they are met again, they are no news
    private readonly List<(long Id, ImmutableArray<StudyEvent> Events)> _owed = [];
    private readonly HashSet<int> _begunByOthers = []; // trials whose beginning was taken by a crash, and which others have begun since
    private EventSerializer? _writer; // null: the reader
    private Tail _tail = new();
    private long _reached;

    public Place Place { get; private set; }

    /// <summary>The sequence number of the place, for who waits meanwhile.</summary>
    public long Reached => Volatile.Read(ref _reached);

    /// <summary>The bodies of events that are to be appended, and of those of which one is.</summary>
    public ImmutableArray<byte[]> Write(ImmutableArray<StudyEvent> events, ImmutableArray<StudyEvent> oneOf) => (_writer ?? _reader).WriteAll(events, oneOf);

    /// <summary>Takes what was learnt, to answer with it.</summary>
    public LogSlice Answer(bool isAccepted)
    {
        var news = _news.ToArray();
        _news.Clear();
        return new LogSlice(isAccepted, news);
    }

    /// <summary>All that is known is on the server's disk.</summary>
    public void Settle() => _tail.Settle(Place);

    /// <summary>Takes in rows that came from the server.</summary>
    public void Learn(List<Row> rows)
    {
        foreach (var row in rows)
        {
            var entry = _reader.Read(row.Body.Span);
            Move(new Place(row.Sequence, row.Batch), entry);
            if (!_known.Contains(row.Batch))
            {
                _news.Add(entry);
            }
            else
            {
                Settle(row.Batch); // somebody else has put it back
            }
        }
    }

    /// <summary>Takes in events of one's own that were appended; the place is that of the last of them.</summary>
    public void Learn(ImmutableArray<StudyEvent> own, Place last)
    {
        Note(own, last);
        _news.AddRange(own);
    }

    /// <summary>Takes in events that were put back.</summary>
    public void Note(ImmutableArray<StudyEvent> own, Place last)
    {
        for (var at = 0; at < own.Length; at++)
        {
            _reader.Note(own[at]);
            _writer?.Note(own[at]);
            Move(last with { Sequence = last.Sequence - own.Length + at + 1 }, own[at]);
        }
    }

    /// <summary>The place up to which the log is surely as it was.</summary>
    public Place Settled => _tail.Settled;

    /// <summary>The first batch that a crash took and that is to be put back; null if there is none.</summary>
    public (long Id, ImmutableArray<StudyEvent> Events)? Owed => _owed.Count > 0 ? _owed[0] : null;

    /// <summary>The server has lost events: goes back to <see cref="Settled"/>, and owes what followed.</summary>
    public void GoBack()
    {
        var tail = _tail;
        _tail = new Tail();
        Place = tail.Settled;
        Settle();
        _owed.InsertRange(0, tail.Events.GroupBy(entry => entry.At.Mark, (batch, entries) => (batch, entries.Select(entry => entry.Event).ToImmutableArray())));
        _known.UnionWith(_owed.Select(batch => batch.Id));
        _writer = new EventSerializer(); // what it refers to may be lost: it writes all out anew
    }

    /// <summary>A batch is put back, or need not be.</summary>
    public void Settle(long batch) => _owed.RemoveAll(owed => owed.Id == batch);

    /// <summary>Others have begun the trial of this batch instead: what was proposed for it is not put back either.</summary>
    public void GiveUp((long Id, ImmutableArray<StudyEvent> Events) batch)
    {
        _begunByOthers.UnionWith(batch.Events.OfType<TrialStarted>().Select(started => started.Number));
        _owed.RemoveAll(owed => owed.Id == batch.Id || owed.Events.Any(entry => entry is TrialProposed proposed && _begunByOthers.Contains(proposed.Number)));
    }

    private void Move(Place place, StudyEvent entry)
    {
        Place = place;
        _tail.Add(place, entry);
        Volatile.Write(ref _reached, place.Sequence);
    }
}
