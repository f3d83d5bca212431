using System.Collections.Immutable;

namespace HyperOpt.Storage.Journal;

/// <summary>One study in a journal, and a reader's place in it.</summary>
internal sealed class JournalLog : IStudyLog, IJournalSink
{
    /// <summary>How often the file is looked at while waiting: soon at first, as another worker's news mostly come in bursts.</summary>
    private static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan LastLook = TimeSpan.FromMilliseconds(50);

    private readonly JournalPlace _place;
    private readonly string _name;
    private readonly int _study;
    private readonly bool _isReadOnly;
    private readonly JournalFollower _follower;
    private EventSerializer _serializer = new();
    private ClaimSet _claims = new();
    private List<StudyEvent> _news = []; // read, and not answered with yet
    private string? _journal;
    private long _count; // of the study's events so far, those included that a snapshot stands for
    private bool _exists;
    private bool _isSnapshot;
    private bool _isKnown; // the snapshot that is being read stands for no more than was read before
    private InvalidDataException? _fault;

    public JournalLog(JournalPlace place, string name, int study, bool isReadOnly)
    {
        _place = place;
        _name = name;
        _study = study;
        _isReadOnly = isReadOnly;
        _follower = new JournalFollower(place.Path, isReadOnly ? FileAccess.Read : FileAccess.ReadWrite, this);
    }

    public bool IsRemote => true;

    public ValueTask<LogSlice> ReadAsync(CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        Advance();
        return new ValueTask<LogSlice>(Answer(true));
    }

    public async ValueTask<LogSlice> AppendAsync(ImmutableArray<StudyEvent> events, CancellationToken token)
    {
        if (_isReadOnly)
        {
            throw StudyName.ReadOnly(_name);
        }

        if (events.IsEmpty)
        {
            return await ReadAsync(token).ConfigureAwait(false);
        }

        using (await _place.Lock.TakeAsync(token).ConfigureAwait(false))
        {
            Advance();
            if (!_claims.Allows(events))
            {
                return Answer(false);
            }

            Append(events);
        }

        // Without the lock: the flushes of several processes become one.
        if (_place.Options.Durability.AsksToFlush(events))
        {
            _follower.Flush();
        }

        if (_place.MayCompact(_follower.Offset))
        {
            await JournalCompaction.TryRunAsync(_place, token).ConfigureAwait(false);
        }

        return Answer(true);
    }

    public async ValueTask WaitAsync(TimeSpan atMost, CancellationToken token)
    {
        var time = _place.Options.TimeProvider;
        var (begun, look) = (time.GetTimestamp(), FirstLook);
        while (!_follower.HasNews())
        {
            var left = atMost == Timeout.InfiniteTimeSpan ? LastLook : atMost - time.GetElapsedTime(begun);
            if (left <= TimeSpan.Zero)
            {
                return;
            }

            await Task.Delay(left < look ? left : look, time, token).ConfigureAwait(false);
            look = look * 1.5 < LastLook ? look * 1.5 : LastLook;
        }
    }

    public ValueTask DisposeAsync()
    {
        _follower.Dispose();
        return ValueTask.CompletedTask;
    }

    void IJournalSink.Begin(JournalHeader header)
    {
        // What the old file had named need not be named in the new one.
        (_serializer, _claims) = (new EventSerializer(), new ClaimSet());
        (_isSnapshot, _isKnown) = (true, false);
        _exists = false;
        _journal ??= header.Id;
        if (_journal != header.Id)
        {
            throw new StudyDeletedException(_name); // another journal lies in its place
        }
    }

    void IJournalSink.Take(JournalLine line)
    {
        if (line.IsSnapshotEnd)
        {
            (_isSnapshot, _isKnown) = (false, false);
        }
        else if (line.Study != _study)
        {
            return;
        }
        else if (line.IsStudyNamed)
        {
            Found(line);
        }
        else if (line.IsStudyDeleted)
        {
            _exists = false;
        }
        else
        {
            Take(_serializer.Read(line.Bytes));
        }
    }

    private void Found(JournalLine line)
    {
        _exists = true;
        if (_isSnapshot && StudyLine.Parse(line).Events is { } events)
        {
            // Who comes from the old file has read all that went into the snapshot. Only who slept through a whole compaction has not: its events
            // then bring what is known of each trial up to date.
            _isKnown = events == _count;
            _count = events;
        }
    }

    private void Take(StudyEvent entry)
    {
        if (!_isReadOnly)
        {
            _claims.Note(entry);
        }

        _count += _isSnapshot ? 0 : 1;
        if (!_isKnown)
        {
            _news.Add(entry);
        }
    }

    private void Advance()
    {
        if (_fault is { } fault)
        {
            throw new InvalidDataException(fault.Message, fault);
        }

        try
        {
            var isThere = _follower.Advance(); // which finds out whether the study exists
            _exists &= isThere;
        }
        catch (InvalidDataException exception)
        {
            _fault = exception;
            throw;
        }

        if (!_exists)
        {
            throw new StudyDeletedException(_name);
        }
    }

    private void Append(ImmutableArray<StudyEvent> events)
    {
        if (_follower.CutBack() is > 0 and var torn)
        {
            JournalMessages.CutBack(_place.Logger, _place.Path, torn, _follower.Offset);
        }

        using var lines = new MemoryStream();
        var records = _serializer.WriteAll(events);
        for (var i = 0; i < records.Length; i++)
        {
            JournalLine.Write(lines, _study, i < records.Length - 1, records[i]);
        }

        _follower.Append(lines.GetBuffer().AsSpan(0, (int)lines.Length), records.Length);
        foreach (var entry in events)
        {
            _serializer.Note(entry);
            Take(entry);
        }
    }

    private LogSlice Answer(bool isAccepted)
    {
        var news = _news;
        _news = [];
        return new LogSlice(isAccepted, news.ToArray());
    }
}
