using System.Runtime.InteropServices;
using HyperOpt.Spaces;
using HyperOpt.Storage;
using HyperOpt.Trials;
using Microsoft.Extensions.Logging;

namespace HyperOpt.Engine;

/// <summary>Begins trials: in the order of their numbers, each knowing what its number says, or as they come. Safe for concurrent use.</summary>
internal sealed class TrialStarter(StudyEngine engine, EngineOptions options, Proposer proposer)
{
    private readonly Turn _turn = new();

    /// <summary>Begins the next trial, learning from the results of the trials up to its number - <paramref name="lag"/>; null when nothing is left to try.</summary>
    /// <param name="lag">At least 1.</param>
    /// <param name="approve">Asked, with what the next trial may know, whether to begin it at all.</param>
    /// <param name="begun">Told, before any other trial is considered, that it has begun.</param>
    /// <param name="waits">Whether to wait for those results; otherwise their lack is an error.</param>
    /// <param name="token">Stops waiting. What is being written is written: a trial that the log knows is never lost halfway.</param>
    public async ValueTask<LiveTrial?> StartInOrderAsync(int lag, Func<Horizon, bool>? approve, Action? begun, bool waits, CancellationToken token)
    {
        using (await _turn.TakeAsync(token).ConfigureAwait(false))
        {
            while (true)
            {
                var horizon = await HorizonAsync(lag, waits, token).ConfigureAwait(false);
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
    public async ValueTask<LiveTrial?> StartAsync(Func<Horizon, bool>? approve, Action? begun, CancellationToken token)
    {
        while (true)
        {
            var (number, waiting) = engine.Ledger.Read(state => state.Next());
            if (approve?.Invoke(engine.CurrentHorizon(number)) == false)
            {
                return null;
            }

            var started = new TrialStarted(engine.Now, number, waiting?.Attempt ?? 0, engine.Worker, waiting is null, waiting?.Proposed, waiting?.Parent);
            if (await engine.Ledger.AppendAsync(started, CancellationToken.None).ConfigureAwait(false))
            {
                begun?.Invoke();
                return await ProceedAsync(started, waiting?.Fixed, token).ConfigureAwait(false);
            }
        }
    }

    // A trial whose number was taken before its proposal is known; whatever goes wrong gives it back, or all later trials would wait for it.
    private async ValueTask<LiveTrial?> ProceedAsync(TrialStarted started, Configuration? given, CancellationToken token)
    {
        var horizon = engine.CurrentHorizon(started.Number);
        if (started.Proposed is { } known)
        {
            return Begin(horizon, started.Attempt, known, given, started.Parent, started.At);
        }

        (Configuration Configuration, int? Parent)? proposed = null;
        try
        {
            proposed = await CommitAsync(horizon, given, token).ConfigureAwait(false);
        }
        finally
        {
            if (proposed is null)
            {
                var released = new TrialReleased(engine.Now, started.Number, started.Attempt, "nothing was proposed for it", false);
                await engine.Ledger.AppendAsync(released, CancellationToken.None).ConfigureAwait(false);
            }
        }

        return proposed is { } begin ? Begin(horizon, started.Attempt, begin.Configuration, given, begin.Parent, started.At) : null;
    }

    private async ValueTask<Horizon> HorizonAsync(int lag, bool waits, CancellationToken token)
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
                    $"Trial {horizon.Number} learns from the results of all trials up to {horizon.Count - 1} (Lag {lag}), but they have not all ended. Tell them first, or raise Lag.");
            }

            var news = engine.Ledger.NewsAsync();
            if (!engine.Ledger.Read(OrderedHorizon, lag).Ready)
            {
                await engine.Ledger.WaitAsync(news, StudyEngine.MaxWait, token).ConfigureAwait(false);
            }
        }
    }

    // A trial that is begun again knows as many proposals as it did at first: those of the trials before it.
    private (Horizon Horizon, bool Ready) OrderedHorizon(StudyState state, int lag)
    {
        var number = state.Next().Number;
        var count = Math.Max(0, number - lag + 1);
        var pending = Enumerable.Range(count, number - count).Select(other => state[other]);
        var proposals = Math.Min(number, state.Proposals);
        return (new Horizon(number, state.ByNumber, count, pending, proposals, engine.Seed, engine.Signs.Length, true), state.ByNumber.Count >= count);
    }

    // Null: nothing is left to try. A null trial: another process took the number.
    private async ValueTask<(LiveTrial? Trial, bool _)?> TryStartAsync(Horizon horizon)
    {
        var waiting = engine.Ledger.Read((state, number) => number < state.Count ? state[number] : null, horizon.Number);
        var attempt = waiting?.Attempt ?? 0;
        var proposed = waiting?.Proposed is { } known ? (known, waiting.Parent) : Propose(horizon, waiting?.Fixed);
        if (proposed is not { } begin)
        {
            return null;
        }

        var started = new TrialStarted(engine.Now, horizon.Number, attempt, engine.Worker, waiting is null, begin.Configuration, begin.Parent);
        return await engine.Ledger.AppendAsync(started, CancellationToken.None).ConfigureAwait(false)
            ? (Begin(horizon, attempt, begin.Configuration, waiting?.Fixed, begin.Parent, started.At), true)
            : (null, false);
    }

    private LiveTrial Begin(Horizon horizon, int attempt, Configuration proposed, Configuration? given, int? parent, DateTimeOffset at)
    {
        Telemetry.TrialStarted(engine.Name);
        if (engine.Logger.IsEnabled(LogLevel.Debug))
        {
            Log.TrialStarted(engine.Logger, horizon.Number, proposed);
        }

        var ancestor = parent is { } from ? engine.Ledger.Read((state, number) => state[number].Ended, from) : null;
        return new LiveTrial(engine, horizon, attempt, proposed, given, ancestor, at);
    }

    // Proposals are made side by side. Should two come out the same, the second is made again, in turn.
    private async ValueTask<(Configuration Configuration, int? Parent)?> CommitAsync(Horizon horizon, Configuration? given, CancellationToken token)
    {
        var proposed = Propose(horizon, given);
        using (await _turn.TakeAsync(token).ConfigureAwait(false))
        {
            var current = engine.CurrentHorizon(horizon.Number);
            if (given is null && proposed is { } made && IsDoubled(made.Configuration, horizon, current))
            {
                proposed = Propose(current, given);
            }

            if (proposed is { } final)
            {
                var entry = new TrialProposed(engine.Now, horizon.Number, final.Configuration, final.Parent);
                if (!await engine.Ledger.AppendAsync(entry, CancellationToken.None).ConfigureAwait(false))
                {
                    // Whoever had the trial before, and was taken for dead, has proposed meanwhile: that stands, as for any other attempt.
                    return engine.Ledger.Read((state, number) => (state[number].Proposed!, state[number].Parent), horizon.Number);
                }
            }

            return proposed;
        }
    }

    private bool IsDoubled(Configuration made, Horizon before, Horizon now) =>
        options.AvoidsDuplicates && now.Proposals > before.Proposals && now.In(made.Space).HasTriedCodes([.. made.Codes]);

    private (Configuration Configuration, int? Parent)? Propose(Horizon horizon, Configuration? given)
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
        return (new Configuration(space, ImmutableCollectionsMarshal.AsImmutableArray(found.Codes)), found.Parent);
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
