using System.Collections.Immutable;
using System.Security.Cryptography;
using HyperOpt.Storage;
using Npgsql;

namespace HyperOpt.PostgreSql;

/// <summary>
/// The log of one study, over a connection of its own that comes back. An append is one round trip; sent again after a lost answer it is recognised by
/// the number of its batch.
/// </summary>
internal sealed class PostgreSqlLog(PostgreSqlServer server, PostgreSqlSession session, string study, long id, bool isReadOnly) : IStudyLog
{
    /// <summary>At most 32 ms, which is some trips to the server.</summary>
    private const int MaxDoublings = 5;

    private static readonly ClaimSet Nothing = new();

    private readonly PostgreSqlWatch _watch = new(server, id);
    private readonly LogMemory _memory = new();
    private LogCommands? _commands;
    private int _refusals; // one after the other

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
        return _memory.Answer(true);
    }

    public ValueTask<LogSlice> AppendAsync(ImmutableArray<StudyEvent> events, CancellationToken token) => AppendFirstAsync(events, [], token);

    public async ValueTask<LogSlice> AppendFirstAsync(ImmutableArray<StudyEvent> events, ImmutableArray<StudyEvent> oneOf, CancellationToken token)
    {
        if (isReadOnly)
        {
            throw StudyName.ReadOnly(study);
        }

        // What contradicts itself is refused here; a choice that contradicts the others' company is none.
        var isPossible = Nothing.Allows(events) && (oneOf.IsEmpty || oneOf.Any(choice => Nothing.Allows(events.Add(choice))));
        oneOf = oneOf.RemoveAll(choice => !Nothing.Allows(events.Add(choice)));
        if ((events.IsEmpty && oneOf.IsEmpty) || !isPossible)
        {
            return await ReadAsync(token).ConfigureAwait(false) with { IsAccepted = isPossible };
        }

        var batch = Batch.NewId();
        var flushes = AsksToFlush(events.AddRange(oneOf));
        var isAccepted = await session.RunAsync(
            async (connection, attempt, stop) =>
                await AppendAsync(await CommandsAsync(connection).ConfigureAwait(false), batch, events, oneOf, attempt > 0, flushes, stop).ConfigureAwait(false),
            token).ConfigureAwait(false);
        _refusals = isAccepted ? 0 : _refusals + 1;
        return _refusals > 1 ? await DisperseAsync(token).ConfigureAwait(false) : _memory.Answer(isAccepted);
    }

    public ValueTask WaitAsync(TimeSpan atMost, CancellationToken token) => _watch.WaitAsync(() => _memory.Reached, atMost, token);

    public async ValueTask DisposeAsync()
    {
        await _watch.DisposeAsync().ConfigureAwait(false);
        await session.DisposeAsync().ConfigureAwait(false);
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
        LogCommands commands, long id, ImmutableArray<StudyEvent> events, ImmutableArray<StudyEvent> oneOf, bool isSentAgain, bool flushes, CancellationToken token)
    {
        while (true)
        {
            await PutBackAsync(commands, token).ConfigureAwait(false);
            var batch = Batch.Of(id, events, oneOf, _memory.Write(events, oneOf));
            var answer = await commands.AppendAsync(_memory.Place, batch, isSentAgain, flushes, token).ConfigureAwait(false);
            switch (answer.Outcome)
            {
                case Outcome.Gone:
                    throw new StudyDeletedException(study);
                case Outcome.Lost:
                    await GoBackAsync(commands, token).ConfigureAwait(false);
                    break;
                case Outcome.Behind:
                    await TryReadAsync(commands, token).ConfigureAwait(false);
                    break;
                default:
                    _memory.Learn(answer.News);
                    if (answer is { Outcome: Outcome.Appended, Last: { } last })
                    {
                        _memory.Learn(answer.Choice > 0 ? events.Add(oneOf[answer.Choice - 1]) : events, new Place(last, id));
                    }

                    if (flushes && answer.Outcome != Outcome.Refused)
                    {
                        _memory.Settle();
                    }

                    return answer.Outcome != Outcome.Refused;
            }
        }
    }

    private async ValueTask CatchUpAsync(LogCommands commands, CancellationToken token)
    {
        await PutBackAsync(commands, token).ConfigureAwait(false);
        if (!await TryReadAsync(commands, token).ConfigureAwait(false))
        {
            await PutBackAsync(commands, token).ConfigureAwait(false);
        }
    }

    // False: the server crashed and has lost the end of its log. Then this process has gone back, and owes what it knew of that end.
    private async ValueTask<bool> TryReadAsync(LogCommands commands, CancellationToken token)
    {
        var answer = await commands.ReadAsync(_memory.Place, token).ConfigureAwait(false);
        if (answer.Outcome == Outcome.Lost)
        {
            await GoBackAsync(commands, token).ConfigureAwait(false);
            return false;
        }

        _memory.Learn(answer.Outcome == Outcome.Gone ? throw new StudyDeletedException(study) : answer.News);
        return true;
    }

    private async ValueTask GoBackAsync(LogCommands commands, CancellationToken token)
    {
        var answer = await commands.ReadAsync(_memory.Settled, token).ConfigureAwait(false);
        if (answer.Outcome is Outcome.Gone or Outcome.Lost)
        {
            throw answer.Outcome == Outcome.Gone ? new StudyDeletedException(study) : PostgreSqlErrors.Replaced(server.Name, study);
        }

        _memory.GoBack();
        _memory.Learn(answer.News);
    }

    // Each batch once, by whoever comes first. Where somebody has gone on otherwise meanwhile, what they claimed is theirs. The connection may be
    // lost in it, and the server crash again: what is owed stays owed.
    private async ValueTask PutBackAsync(LogCommands commands, CancellationToken token)
    {
        var hasPutBack = false;
        while (!isReadOnly && _memory.Owed is { } owed)
        {
            var batch = Batch.Of(owed.Id, owed.Events, [], _memory.Write(owed.Events, []));
            var answer = await commands.AppendAsync(_memory.Place, batch, true, false, token).ConfigureAwait(false);
            hasPutBack = true;
            switch (answer.Outcome)
            {
                case Outcome.Gone:
                    throw new StudyDeletedException(study);
                case Outcome.Lost:
                    await GoBackAsync(commands, token).ConfigureAwait(false);
                    break;
                case Outcome.Behind:
                    await TryReadAsync(commands, token).ConfigureAwait(false);
                    break;
                case Outcome.Refused:
                    _memory.Learn(answer.News);
                    _memory.GiveUp(owed);
                    break;
                default:
                    _memory.Learn(answer.News);
                    _memory.Settle(owed.Id);
                    if (answer is { Outcome: Outcome.Appended, Last: { } last })
                    {
                        _memory.Note(owed.Events, new Place(last, owed.Id));
                    }

                    break;
            }
        }

        if (hasPutBack)
        {
            await commands.FlushAsync(token).ConfigureAwait(false);
        }
    }

    private async ValueTask<LogCommands> CommandsAsync(NpgsqlConnection connection)
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
