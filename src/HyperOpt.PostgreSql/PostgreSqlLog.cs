using System.Collections.Immutable;
using System.Security.Cryptography;
using HyperOpt.Storage;

namespace HyperOpt.PostgreSql;

/// <summary>
/// The log of one study, over a connection of its own that comes back. An append is one round trip; sent again after a lost answer it is recognised by
/// the number of its batch.
/// </summary>
internal sealed class PostgreSqlLog(PostgreSqlServer server, PostgreSqlSession session, string study, long id, bool isReadOnly) : IStudyLog
{
    /// <summary>At most 32 ms, which is some trips to the server.</summary>
    private const int MaxDoublings = 5;

    private readonly PostgreSqlWatch _watch = new(server, id);
    private readonly EventSerializer _reader = new();
    private readonly List<StudyEvent> _news = []; // learnt, and not answered with yet: a call may fail after it has learnt something
    private readonly HashSet<long> _known = []; // batches that a crash has moved or taken: when they are met again, they are no news
    private EventSerializer? _writer; // null: the reader
    private Tail _tail = new();
    private LogCommands? _commands;
    private Place _place;
    private int _refusals; // one after the other
    private long _reached; // the place's sequence number, for who waits meanwhile

    public bool IsRemote => true;

    public async ValueTask<LogSlice> ReadAsync(CancellationToken token)
    {
        await session.RunAsync(
            async (connection, _, stop) =>
            {
                await CatchUpAsync(await CommandsAsync(connection).ConfigureAwait(false), stop).ConfigureAwait(false);
                return true;
            },
            token).ConfigureAwait(false);
        return Answer(true);
    }

    public async ValueTask<LogSlice> AppendAsync(ImmutableArray<StudyEvent> events, CancellationToken token)
    {
        if (isReadOnly)
        {
            throw StudyName.ReadOnly(study);
        }

        var claims = events.SelectMany(entry => entry.Claims).ToArray();
        var isPossible = claims.Distinct().Count() == claims.Length;
        if (events.IsEmpty || !isPossible)
        {
            return await ReadAsync(token).ConfigureAwait(false) with { IsAccepted = isPossible };
        }

        var batch = Batch.NewId();
        var flushes = AsksToFlush(events);
        var isAccepted = await session.RunAsync(
            async (connection, _, stop) => await AppendAsync(await CommandsAsync(connection).ConfigureAwait(false), batch, claims, events, flushes, stop).ConfigureAwait(false),
            token).ConfigureAwait(false);
        _refusals = isAccepted ? 0 : _refusals + 1;
        if (_refusals > 1)
        {
            return await DisperseAsync(token).ConfigureAwait(false);
        }

        return Answer(isAccepted);
    }

    public ValueTask WaitAsync(TimeSpan atMost, CancellationToken token) => _watch.WaitAsync(() => Volatile.Read(ref _reached), atMost, token);

    public async ValueTask DisposeAsync()
    {
        await _watch.DisposeAsync().ConfigureAwait(false);
        await session.DisposeAsync().ConfigureAwait(false);
    }

    private LogSlice Answer(bool isAccepted)
    {
        var news = _news.ToArray();
        _news.Clear();
        return new LogSlice(isAccepted, news);
    }

    // The beginning of a trial as well: if a crash of the server took it, another machine might begin that trial too.
    private bool AsksToFlush(ImmutableArray<StudyEvent> events) =>
        server.Durability.AsksToFlush(events) || (server.Durability == Durability.EachTrialEnd && events.Any(entry => entry is TrialStarted));

    // A crowd that claims the same next trial lets one through at a time. Whoever was refused again steps aside for a moment, and then looks anew.
    private async ValueTask<LogSlice> DisperseAsync(CancellationToken token)
    {
        await Task.Delay(RandomNumberGenerator.GetInt32(1, 1 << Math.Min(_refusals, MaxDoublings)), token).ConfigureAwait(false);
        return await ReadAsync(token).ConfigureAwait(false) with { IsAccepted = false };
    }

    private async ValueTask<bool> AppendAsync(
        LogCommands commands, long batch, EventClaim[] claims, ImmutableArray<StudyEvent> events, bool flushes, CancellationToken token)
    {
        while (true)
        {
            var bodies = (_writer ?? _reader).WriteAll(events);
            var answer = await commands.AppendAsync(_place, Batch.Of(batch, claims, bodies), flushes, token).ConfigureAwait(false);
            switch (answer.Outcome)
            {
                case Outcome.Gone:
                    throw new StudyDeletedException(study);
                case Outcome.Lost:
                    await PutBackAsync(commands, token).ConfigureAwait(false);
                    break;
                case Outcome.Behind:
                    await CatchUpAsync(commands, token).ConfigureAwait(false);
                    break;
                default:
                    Learn(answer.News);
                    if (answer is { Outcome: Outcome.Appended, Last: { } last })
                    {
                        Learn(events, new Place(last, batch));
                    }

                    if (flushes)
                    {
                        _tail.Settle(_place);
                    }

                    return answer.Outcome != Outcome.Refused;
            }
        }
    }

    private async ValueTask CatchUpAsync(LogCommands commands, CancellationToken token)
    {
        var answer = await commands.ReadAsync(_place, token).ConfigureAwait(false);
        switch (answer.Outcome)
        {
            case Outcome.Gone:
                throw new StudyDeletedException(study);
            case Outcome.Lost:
                await PutBackAsync(commands, token).ConfigureAwait(false);
                break;
            default:
                Learn(answer.News);
                break;
        }
    }

    // The server crashed and has lost the end of its log. What this process knew of it is put back: each batch once, by whoever comes first. Where
    // somebody has gone on otherwise meanwhile, what they claimed is theirs.
    private async ValueTask PutBackAsync(LogCommands commands, CancellationToken token)
    {
        var known = _tail;
        var answer = await commands.ReadAsync(known.Settled, token).ConfigureAwait(false);
        if (answer.Outcome == Outcome.Gone)
        {
            throw new StudyDeletedException(study);
        }

        if (answer.Outcome == Outcome.Lost)
        {
            throw PostgreSqlErrors.Replaced(server.Name, study);
        }

        _writer = new EventSerializer(); // what it refers to may be lost: it writes all out anew
        _tail = new Tail();
        _tail.Settle(known.Settled);
        _place = known.Settled;
        _known.UnionWith(known.Events.Select(entry => entry.At.Mark));
        Learn(answer.News);
        if (isReadOnly)
        {
            return;
        }

        var there = answer.News.Select(row => row.Batch).ToHashSet();
        var refused = new HashSet<int>();
        foreach (var lost in known.Events.Where(entry => !there.Contains(entry.At.Mark)).GroupBy(entry => entry.At.Mark, entry => entry.Event))
        {
            await PutBackAsync(commands, lost.Key, [.. lost], refused, token).ConfigureAwait(false);
        }

        await commands.FlushAsync(token).ConfigureAwait(false);
    }

    private async ValueTask PutBackAsync(LogCommands commands, long batch, ImmutableArray<StudyEvent> events, HashSet<int> refused, CancellationToken token)
    {
        if (events.Any(entry => entry is TrialProposed proposed && refused.Contains(proposed.Number)))
        {
            return; // a trial that another worker has begun instead
        }

        var claims = events.SelectMany(entry => entry.Claims).ToArray();
        var answer = await commands.AppendAsync(_place, Batch.Of(batch, claims, _writer!.WriteAll(events)), false, token).ConfigureAwait(false);
        Learn(answer.News);
        if (answer is { Outcome: Outcome.Appended, Last: { } last })
        {
            Note(events, new Place(last, batch));
        }
        else if (answer.Outcome == Outcome.Refused)
        {
            refused.UnionWith(events.OfType<TrialStarted>().Select(started => started.Number));
        }
    }

    // Rows that came from the server.
    private void Learn(List<Row> rows)
    {
        foreach (var row in rows)
        {
            var entry = _reader.Read(row.Body);
            Move(new Place(row.Sequence, row.Batch), entry);
            if (!_known.Contains(row.Batch))
            {
                _news.Add(entry);
            }
        }
    }

    private void Learn(ImmutableArray<StudyEvent> own, Place last)
    {
        Note(own, last);
        _news.AddRange(own);
    }

    private void Note(ImmutableArray<StudyEvent> own, Place last)
    {
        for (var at = 0; at < own.Length; at++)
        {
            _reader.Note(own[at]);
            _writer?.Note(own[at]);
            Move(last with { Sequence = last.Sequence - own.Length + at + 1 }, own[at]);
        }
    }

    private void Move(Place place, StudyEvent entry)
    {
        _place = place;
        _tail.Add(place, entry);
        Volatile.Write(ref _reached, place.Sequence);
    }

    private async ValueTask<LogCommands> CommandsAsync(Npgsql.NpgsqlConnection connection)
    {
        if (_commands?.Connection != connection)
        {
            if (_commands is { } old)
            {
                await old.DisposeAsync().ConfigureAwait(false);
            }

            _commands = new LogCommands(connection, server, id);
        }

        return _commands;
    }
}
