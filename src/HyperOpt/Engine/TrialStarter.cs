using System.Runtime.InteropServices;
using HyperOpt.Spaces;
using HyperOpt.Storage;
using HyperOpt.Trials;
using Microsoft.Extensions.Logging;

namespace HyperOpt.Engine;

/// <summary>Begins trials: in the order of their numbers, each knowing what its number says, or as they come. Safe for concurrent use.</summary>
internal sealed class TrialStarter(StudyEngine engine, EngineOptions options, Proposer proposer)
{
    /// <summary>To how many others a worker may lose the next number without having to come again: as many numbers more are written out.</summary>
    private const int MaxRivals = 15;

    private readonly Turn _inOrder = new(); // held while results are waited for, so not for those who wait for none
    private readonly Turn _asCompleted = new();
    private readonly OpenNumbers _open = new();

    /// <summary>Begins the next trial, learning from the results that its number and <paramref name="lag"/> say; null when nothing is left to try.</summary>
    /// <param name="lag">How far behind its knowledge is.</param>
    /// <param name="approve">Asked, with what the next trial may know, whether to begin it at all.</param>
    /// <param name="begun">Told, before any other trial is considered, that it has begun.</param>
    /// <param name="waits">Whether to wait for those results; otherwise their lack is an error.</param>
    /// <param name="token">Stops waiting. What is being written is written: a trial that the log knows is never lost halfway.</param>
    public async ValueTask<LiveTrial?> StartInOrderAsync(Lag lag, Func<Horizon, bool>? approve, Action? begun, bool waits, CancellationToken token)
    {
        using (await _inOrder.TakeAsync(token).ConfigureAwait(false))
        {
            while (true)
            {
                engine.Spaces.EnsureCurrent();
                var horizon = await HorizonAsync(lag, waits, token).ConfigureAwait(false);
                engine.Spaces.EnsureCurrent(); // results may have been waited for
                if (approve?.Invoke(horizon) == false || await TryStartAsync(horizon).ConfigureAwait(false) is not { } attempt)
                {
                    return null;
                }

                if (attempt.Trial is { } trial)
                {
                    begun?.Invoke();
                    return trial;
                }
            }
        }
    }

    /// <summary>Begins the next trial, learning from whatever has ended by now; null when nothing is left to try. Sampling goes on in parallel.</summary>
    /// <param name="below">The trial's number must be below.</param>
    /// <param name="approve">Asked, with what the next trial may know, whether to begin it at all.</param>
    /// <param name="begun">Told, before any other trial is considered, that it has begun.</param>
    /// <param name="waits">Whether to wait while a population is whole; else that is an error.</param>
    /// <param name="token">Stops waiting.</param>
    public async ValueTask<LiveTrial?> StartAsync(int below, Func<Horizon, bool>? approve, Action? begun, bool waits, CancellationToken token)
    {
        var (started, given) = await TakeAsync(below, approve, begun, waits, token).ConfigureAwait(false);
        return started is null ? null : await ProceedAsync(started, given, token).ConfigureAwait(false);
    }

    // In turn, so that numbers are open in their order.
    private async ValueTask<(TrialStarted? Started, Configuration? Given)> TakeAsync(
        int below, Func<Horizon, bool>? approve, Action? begun, bool waits, CancellationToken token)
    {
        while (true)
        {
            var news = engine.Ledger.NewsAsync();
            using (await _asCompleted.TakeAsync(token).ConfigureAwait(false))
            {
                while (true)
                {
                    engine.Spaces.EnsureCurrent();
                    var (number, waiting, rivals) = engine.Ledger.Read(state => (state.NextAsCompleted().Number, state.NextAsCompleted().Waiting, state.Running.Count));
                    var (carried, given) = engine.Ledger.Read(TrialRecord.Carried, waiting);
                    if (approve?.Invoke(engine.CurrentHorizon(number)) == false)
                    {
                        return default;
                    }

                    if (carried is null && !engine.Ledger.Read(HasRoom, number))
                    {
                        break;
                    }

                    // Whoever is at work may take the next number before this one does: then the one after will do as well.
                    var first = new TrialStarted(engine.Now, number, waiting?.Attempt ?? 0, engine.Worker, waiting is null, carried, waiting?.Parent);
                    var choices = waiting is null && !engine.TrainsPopulation ? Math.Clamp(below - number, 1, 1 + Math.Min(rivals, MaxRivals)) : 1;
                    var oneOf = Enumerable.Range(number, choices).Select(StudyEvent (other) => first with { Number = other });
                    if (await engine.Ledger.AppendFirstAsync([.. oneOf], CancellationToken.None).ConfigureAwait(false) is TrialStarted started)
                    {
                        begun?.Invoke();
                        if (started.Proposed is null && IsFree(given))
                        {
                            _open.Add(started);
                        }

                        return (started, given);
                    }
                }
            }

            if (!waits)
            {
                throw new InvalidOperationException(
                    $"A population has at most one trial of each member under way, but all {engine.Population} have. Tell one first, or take a larger Population.");
            }

            await engine.Ledger.WaitAsync(news, StudyEngine.MaxWait, token).ConfigureAwait(false);
        }
    }

    // Whether a proposal is for any of the numbers that were taken, the lowest first. In a population it is for its own: what it goes on from is kept for that one.
    private bool IsFree(Configuration? given) => given is null && !engine.TrainsPopulation;

    // A member is taken up when its trial has ended; a worker that died holds its trial until that is noticed.
    private bool HasRoom(StudyState state, int number) => engine.Population is not { } members || state.ByCompletion.Count > number - members;

    // A trial whose number was taken before its proposal is known; whatever goes wrong gives one back, or all later trials would wait for it.
    private async ValueTask<LiveTrial?> ProceedAsync(TrialStarted started, Configuration? given, CancellationToken token)
    {
        var horizon = engine.CurrentHorizon(started.Number);
        if (started.Proposed is { } known)
        {
            return Begin(horizon, started.Attempt, known, given, started.Parent, started.At);
        }

        TrialStarted? taken = IsFree(given) ? null : started;
        LiveTrial? trial = null;
        try
        {
            var proposed = Propose(horizon, given);
            using (await _asCompleted.TakeAsync(token).ConfigureAwait(false))
            {
                // Proposals are made side by side. Should two come out the same, the second is made again, in turn.
                if (given is null && proposed is { Parent: null } made && IsDoubled(made.Configuration, horizon, engine.CurrentHorizon(started.Number)))
                {
                    proposed = Propose(engine.CurrentHorizon(started.Number), given);
                }

                if (proposed is { } final)
                {
                    taken ??= _open.TakeLowest();
                    horizon = engine.CurrentHorizon(taken.Number);
                    var entry = new TrialProposed(engine.Now, taken.Number, final.Configuration, final.Parent) { Reason = final.Reason };
                    if (!await engine.Ledger.AppendAsync(entry, CancellationToken.None).ConfigureAwait(false))
                    {
                        // Whoever had the trial before, and was taken for dead, has proposed meanwhile: that stands, as for any other attempt.
                        final = engine.Ledger.Read((state, number) => new Proposed(state[number].Proposed!, state[number].Parent, state[number].Reason), taken.Number);
                    }

                    trial = Begin(horizon, taken.Attempt, final.Configuration, given, final.Parent, taken.At);
                }
            }
        }
        finally
        {
            if (trial is null)
            {
                taken ??= _open.TakeHighest();
                var released = new TrialReleased(engine.Now, taken.Number, taken.Attempt, "nothing was proposed for it", false);
                await engine.Ledger.AppendAsync(released, CancellationToken.None).ConfigureAwait(false);
            }
        }

        return trial;
    }

    private async ValueTask<Horizon> HorizonAsync(Lag lag, bool waits, CancellationToken token)
    {
        while (true)
        {
            var (horizon, ready) = engine.Ledger.Read(OrderedHorizon, lag);
            if (ready)
            {
                return horizon;
            }

            if (!waits)
            {
                throw new InvalidOperationException(
                    $"Trial {horizon.Number} learns from the results of all trials up to {horizon.Count - 1} ({lag}), but they have not all ended. Tell them first, or raise Lag.");
            }

            var news = engine.Ledger.NewsAsync();
            if (!engine.Ledger.Read(OrderedHorizon, lag).Ready)
            {
                await engine.Ledger.WaitAsync(news, StudyEngine.MaxWait, token).ConfigureAwait(false);
            }
        }
    }

    // A trial that is begun again knows as many proposals as it did at first: those of the trials before it.
    private (Horizon Horizon, bool Ready) OrderedHorizon(StudyState state, Lag lag)
    {
        var number = state.NextInOrder().Number;
        var count = lag.KnownTo(number);
        var pending = Enumerable.Range(count, number - count).Select(other => state[other]);
        var proposals = Math.Min(number, state.Proposals);
        return (new Horizon(number, state.ByNumber, count, pending, proposals, engine.Seed, engine.Signs.Length, true), state.ByNumber.Count >= count);
    }

    // Null: nothing is left to try. A null trial: another process took the number.
    private async ValueTask<(LiveTrial? Trial, bool _)?> TryStartAsync(Horizon horizon)
    {
        var waiting = engine.Ledger.Read((state, number) => number < state.Count ? state[number] : null, horizon.Number);
        var attempt = waiting?.Attempt ?? 0;
        var (carried, given) = engine.Ledger.Read(TrialRecord.Carried, waiting);
        var proposed = carried is not null ? new Proposed(carried, waiting!.Parent, null) : Propose(horizon, given);
        if (proposed is not { } begin)
        {
            return null;
        }

        var started = new TrialStarted(engine.Now, horizon.Number, attempt, engine.Worker, waiting is null, begin.Configuration, begin.Parent) { Reason = begin.Reason };
        return await engine.Ledger.AppendAsync(started, CancellationToken.None).ConfigureAwait(false)
            ? (Begin(horizon, attempt, begin.Configuration, given, begin.Parent, started.At), true)
            : (null, false);
    }

    private LiveTrial Begin(Horizon horizon, int attempt, Configuration proposed, Configuration? given, int? parent, DateTimeOffset at)
    {
        Telemetry.TrialStarted(engine.Name);
        if (engine.Logger.IsEnabled(LogLevel.Debug))
        {
            Log.TrialStarted(engine.Logger, horizon.Number, proposed.ToString());
        }

        var ancestor = parent is { } from ? engine.Ledger.Read((state, number) => state[number].Ended, from) : null;
        return new LiveTrial(engine, horizon, attempt, proposed, given, ancestor, at);
    }

    private bool IsDoubled(Configuration made, Horizon before, Horizon now) =>
        options.AvoidsDuplicates && now.Proposals > before.Proposals && now.In(made.Space).HasTriedCodes([.. made.Codes]);

    private Proposed? Propose(Horizon horizon, Configuration? given)
    {
        using var activity = Telemetry.Source.StartActivity("hyperopt.propose");
        var begun = Telemetry.TimesProposals ? engine.Time.GetTimestamp() : 0;
        var space = horizon.Space;
        var settled = given is null ? [] : space.Select(parameter => engine.FixedCode(given, parameter, horizon.Number)).ToArray();
        var proposed = given is null ? proposer.Propose(horizon.In(space), "propose") : proposer.Complete(horizon.In(space), settled, "propose");
        if (Telemetry.TimesProposals)
        {
            Telemetry.Proposed(engine.Name, engine.Time.GetElapsedTime(begun));
        }

        if (proposed is not { } found)
        {
            return null;
        }

        CheckParent(found.Parent, horizon);
        Inherit(found.Codes, found.Parent, space);
        var reason = given is not null && settled.All(double.IsFinite) ? null : found.Reason;
        return new Proposed(new Configuration(space, ImmutableCollectionsMarshal.AsImmutableArray(found.Codes), horizon.Sequence.Lineage.Version), found.Parent, reason);
    }

    // What a proposal leaves as it was in the parent is the same to the last bit: coordinates are not, after a logarithm.
    private void Inherit(double[] codes, int? parent, SearchSpace space)
    {
        if (parent is not { } number || engine.Ledger.Read((state, at) => state[at].Ended, number) is not { } ancestor)
        {
            return;
        }

        double[] inherited = [.. codes];
        for (var axis = 0; axis < codes.Length; axis++)
        {
            var code = ancestor.Parameters.CodeFor(space[axis]);
            inherited[axis] = !double.IsNaN(codes[axis]) && !double.IsNaN(code) && space[axis].CodeAt(space[axis].UnitOf(code)) == codes[axis] ? code : codes[axis];
        }

        if (space.Holds(inherited))
        {
            inherited.CopyTo(codes, 0);
        }
    }

    private void CheckParent(int? parent, Horizon horizon)
    {
        if (parent is { } number && !IsKnown(number, horizon))
        {
            throw new InvalidOperationException(
                $"A parent must be a finished trial of the history, but {options.Sampler.GetType().Name} named trial {number} as that of trial {horizon.Number}. Take one of TrialHistory.Finished.");
        }
    }

    private bool IsKnown(int number, Horizon horizon) =>
        number >= 0
        && (horizon.IsOrdered ? number < horizon.Count : engine.Ledger.Read((state, at) => at < state.Count && state[at].Ended is not null, number));
}
