using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.InteropServices;
using HyperOpt.Numerics;
using HyperOpt.Pruners;
using HyperOpt.Spaces;
using HyperOpt.Storage;
using HyperOpt.Trials;
using Microsoft.Extensions.Logging;

namespace HyperOpt.Engine;

/// <summary>Begins trials and ends them: the log, the fold, the sampler and the pruner together. Safe for concurrent use.</summary>
internal sealed class StudyEngine : IAsyncDisposable
{
    /// <summary>News should wake who waits; this is for storages that lose some.</summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(1);

    private readonly EngineOptions _options;
    private readonly Proposer _proposer;
    private readonly SpaceGrowth _growth = new();
    private readonly Turn _turn = new();
    private readonly bool _prunes;
    private LeaseKeeper? _leases;

    private StudyEngine(EngineOptions options, IStudyLog log)
    {
        _options = options;
        _proposer = new Proposer(options);
        _prunes = options.Pruner is not NopPruner;
        Ledger = new Ledger(log, new StudyState(options.Space, options.Signs, _growth, log.IsRemote), options.Time);
    }

    public Ledger Ledger { get; }

    /// <summary>The name under which this engine takes trials.</summary>
    public string Worker { get; } = WorkerIdentity.Create();

    public string Name => _options.Name;

    public ulong Seed { get; private set; }

    public ImmutableArray<double> Signs => _options.Signs;

    public ILogger Logger => _options.Logger;

    public TimeProvider Time => _options.Time;

    public DateTimeOffset Now => _options.Time.GetUtcNow();

    public static async ValueTask<StudyEngine> OpenAsync(EngineOptions options, CancellationToken token)
    {
        var log = await options.Storage.OpenAsync(options.Name, options.Mode, token).ConfigureAwait(false);
        var engine = new StudyEngine(options, log);
        await engine.JoinAsync(token).ConfigureAwait(false);
        if (log.IsRemote && options.Mode != OpenMode.Read)
        {
            engine._leases = new LeaseKeeper(engine, options.Lease, options.MaxRetries);
        }

        return engine;
    }

    /// <summary>Gives back what this engine has under way, and closes the log.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_leases is { } leases)
        {
            _leases = null;
            await leases.DisposeAsync().ConfigureAwait(false);
            foreach (var held in Ledger.Read(state => state.Held()).Where(held => held.Worker == Worker))
            {
                await Ledger.AppendAsync(new TrialReleased(Now, held.Number, held.Attempt, "its study was closed", false), CancellationToken.None).ConfigureAwait(false);
            }
        }

        await Ledger.CloseAsync().ConfigureAwait(false);
    }

    /// <summary>Begins the next trial, learning from the results of the trials up to its number - <paramref name="lag"/>; null when nothing is left to try.</summary>
    /// <param name="lag">At least 1.</param>
    /// <param name="approve">Asked, with what the next trial may know, whether to begin it at all.</param>
    /// <param name="begun">Told, before any other trial is considered, that it has begun.</param>
    /// <param name="waits">Whether to wait for those results; otherwise their lack is an error.</param>
    /// <param name="token">Stops waiting.</param>
    public async ValueTask<LiveTrial?> StartInOrderAsync(int lag, Func<Horizon, bool>? approve, Action? begun, bool waits, CancellationToken token)
    {
        using (await _turn.TakeAsync(token).ConfigureAwait(false))
        {
            while (true)
            {
                var horizon = await HorizonAsync(lag, waits, token).ConfigureAwait(false);
                if (approve?.Invoke(horizon) == false || await TryStartAsync(horizon, token).ConfigureAwait(false) is not { } attempt)
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
            var (number, waiting) = Ledger.Read(state => state.Next());
            if (approve?.Invoke(CurrentHorizon(number)) == false)
            {
                return null;
            }

            var attempt = waiting?.Attempt ?? 0;
            var started = new TrialStarted(Now, number, attempt, Worker, waiting is null, waiting?.Proposed, waiting?.Parent);
            if (!await Ledger.AppendAsync(started, token).ConfigureAwait(false))
            {
                continue;
            }

            begun?.Invoke();
            var horizon = CurrentHorizon(number);
            if (started.Proposed is { } known)
            {
                return Begin(horizon, attempt, known, waiting?.Fixed, started.Parent, started.At);
            }

            if (await CommitAsync(horizon, waiting?.Fixed, token).ConfigureAwait(false) is { } proposed)
            {
                return Begin(horizon, attempt, proposed.Configuration, waiting?.Fixed, proposed.Parent, started.At);
            }

            await Ledger.AppendAsync(new TrialReleased(Now, number, attempt, "nothing is left to try", false), token).ConfigureAwait(false);
            return null;
        }
    }

    /// <summary>Ends a trial that <see cref="LiveTrial.TryEnd"/> has sealed.</summary>
    public async ValueTask<FrozenTrial> EndAsync(LiveTrial trial, TrialState state, ImmutableArray<double> values, string? error)
    {
        await AppendEndAsync(trial, trial.EndedAs(state, values, error)).ConfigureAwait(false);
        var ended = Ledger.Read((all, number) => all[number].Ended!, trial.Number);
        Telemetry.TrialEnded(Name, ended);
        if (Logger.IsEnabled(LogLevel.Information))
        {
            Log.TrialEnded(Logger, ended.Number, ended.State, string.Join(", ", ended.Values), ended.Parameters);
        }

        return ended;
    }

    /// <summary>Gives a sealed trial back: it waits to be tried again, with the same parameters.</summary>
    public async ValueTask ReleaseAsync(LiveTrial trial, string reason)
    {
        await AppendEndAsync(trial, new TrialReleased(Now, trial.Number, trial.Attempt, reason, false)).ConfigureAwait(false);
        Telemetry.Left(Name);
        Log.TrialReleased(Logger, trial.Number, reason);
    }

    /// <summary>Waits until there is a trial below a number to take; false when all of them have ended.</summary>
    public async ValueTask<bool> AwaitWorkAsync(int trials, CancellationToken token)
    {
        while (true)
        {
            var news = Ledger.NewsAsync();
            if (Ledger.Read((state, count) => state.Next().Number < count, trials))
            {
                return true;
            }

            if (Ledger.Read(state => state.Running.Count == 0))
            {
                return false;
            }

            await Ledger.WaitAsync(news, MaxWait, token).ConfigureAwait(false);
        }
    }

    /// <summary>Records a report.</summary>
    public void Record(LiveTrial trial, Report report) =>
        Ledger.Post(new TrialReported(Now, trial.Number, trial.Attempt, report));

    /// <summary>Asks the pruner, who knows in an ordered run what the sampler knew, and otherwise what is known by now.</summary>
    public bool ShouldPrune(LiveTrial trial)
    {
        if (!_prunes)
        {
            return false;
        }

        var horizon = trial.Horizon.IsOrdered ? trial.Horizon : CurrentHorizon(trial.Number);
        return _options.Pruner.ShouldPrune(trial.Observation, horizon.In(trial.Horizon.Space));
    }

    /// <summary>Adds a parameter to a trial that asks for it unforeseen, and draws its value; all that was settled stays.</summary>
    public (SearchSpace Space, double[] Codes) Grow(
        LiveTrial trial, SearchSpace space, double[] codes, bool[] asked, Configuration? given, Parameter parameter)
    {
        var grown = _growth.Extend(space, parameter);
        var axis = grown.IndexOf(parameter.Name);
        var settled = new double[grown.Count];
        Array.Fill(settled, double.NaN);
        codes.CopyTo(settled, 0);
        settled[axis] = FixedCode(given, parameter, trial.Number);
        var history = trial.Horizon.In(grown);
        if (_proposer.Propose(history, settled, "late:" + parameter.Name) is { } proposed)
        {
            return (grown, proposed.Codes);
        }

        var random = StreamSeed.Create(Seed, trial.Number, "late:" + parameter.Name);
        return (grown, grown.Decode(Samplers.RandomSampler.Draw(grown.Count, random).AsSpan(), settled));
    }

    /// <summary>The law of the number of values.</summary>
    public void CheckCount(int values)
    {
        if (values != Signs.Length)
        {
            throw new ArgumentException($"A study has one value for each objective, but study '{Name}' has {Signs.Length} and was given {values}. Give one for each.");
        }
    }

    /// <summary>What a trial may know when results count as soon as they are there.</summary>
    public Horizon CurrentHorizon(int number) => Ledger.Read(
        (state, at) => new Horizon(
            at, state.ByCompletion, state.ByCompletion.Count, [.. state.Running.Where(other => other != at).Select(other => state[other])], state.Proposals,
            Seed, Signs.Length, false),
        number);

    // Creates the study, or finds out how it was created.
    private async ValueTask JoinAsync(CancellationToken token)
    {
        await Ledger.RefreshAsync(token).ConfigureAwait(false);
        if (Ledger.Read(state => state.Created) is null)
        {
            await Ledger.AppendAsync(new StudyCreated(Now, _options.Seed ?? 0, Signs), token).ConfigureAwait(false);
        }

        var created = Ledger.Read(state => state.Created!);
        Seed = created.Seed;
        if (!created.Signs.AsSpan().SequenceEqual(Signs.AsSpan()))
        {
            throw new InvalidOperationException(
                $"A study is opened with the directions it was created with: '{Name}' has ({Words(created.Signs)}), but was opened with ({Words(Signs)}). Open it with its own, or take another name.");
        }

        if (_options.Seed is { } seed && seed != created.Seed)
        {
            throw new InvalidOperationException(
                $"A study is opened with the seed it was created with: '{Name}' has {created.Seed}, but was opened with {seed}. Leave the seed out, or take another name.");
        }

        SpaceComparison.Check(Name, _options.Space, Ledger.Read(state => state.ByCompletion), Logger);
    }

    private static string Words(ImmutableArray<double> signs) => string.Join(", ", signs.Select(sign => sign > 0 ? "minimize" : "maximize"));

    private async ValueTask<Horizon> HorizonAsync(int lag, bool waits, CancellationToken token)
    {
        while (true)
        {
            var (horizon, ready) = Ledger.Read(OrderedHorizon, lag);
            if (ready)
            {
                return horizon;
            }

            if (!waits)
            {
                throw new InvalidOperationException(
                    $"Trial {horizon.Number} learns from the results of all trials up to {horizon.Count - 1} (Lag {lag}), but they have not all ended. Tell them first, or raise Lag.");
            }

            var news = Ledger.NewsAsync();
            if (!Ledger.Read(OrderedHorizon, lag).Ready)
            {
                await Ledger.WaitAsync(news, MaxWait, token).ConfigureAwait(false);
            }
        }
    }

    private (Horizon Horizon, bool Ready) OrderedHorizon(StudyState state, int lag)
    {
        var number = state.Next().Number;
        var count = Math.Max(0, number - lag + 1);
        var pending = Enumerable.Range(count, number - count).Select(other => state[other]);
        return (new Horizon(number, state.ByNumber, count, pending, state.Proposals, Seed, Signs.Length, true), state.ByNumber.Count >= count);
    }

    // Null: nothing is left to try. A null trial: another process took the number.
    private async ValueTask<(LiveTrial? Trial, bool _)?> TryStartAsync(Horizon horizon, CancellationToken token)
    {
        var waiting = Ledger.Read((state, number) => number < state.Count ? state[number] : null, horizon.Number);
        var attempt = waiting?.Attempt ?? 0;
        var proposed = waiting?.Proposed is { } known ? (known, waiting.Parent) : Propose(horizon, waiting?.Fixed);
        if (proposed is not { } begin)
        {
            return null;
        }

        var started = new TrialStarted(Now, horizon.Number, attempt, Worker, waiting is null, begin.Configuration, begin.Parent);
        return await Ledger.AppendAsync(started, token).ConfigureAwait(false)
            ? (Begin(horizon, attempt, begin.Configuration, waiting?.Fixed, begin.Parent, started.At), true)
            : (null, false);
    }

    private LiveTrial Begin(Horizon horizon, int attempt, Configuration proposed, Configuration? given, int? parent, DateTimeOffset at)
    {
        Telemetry.TrialStarted(Name);
        if (Logger.IsEnabled(LogLevel.Debug))
        {
            Log.TrialStarted(Logger, horizon.Number, proposed);
        }

        var ancestor = parent is { } from ? Ledger.Read((state, number) => state[number].Freeze(), from) : null;
        return new LiveTrial(this, horizon, attempt, proposed, given, ancestor, at);
    }

    // Proposals are made side by side. Should two come out the same, the second is made again, in turn.
    private async ValueTask<(Configuration Configuration, int? Parent)?> CommitAsync(Horizon horizon, Configuration? given, CancellationToken token)
    {
        var proposed = Propose(horizon, given);
        using (await _turn.TakeAsync(token).ConfigureAwait(false))
        {
            var current = CurrentHorizon(horizon.Number);
            if (proposed is { } made && _options.AvoidsDuplicates && current.Proposals > horizon.Proposals
                && current.In(made.Configuration.Space).HasTried([.. made.Configuration.Codes]))
            {
                proposed = Propose(current, given);
            }

            if (proposed is { } final
                && !await Ledger.AppendAsync(new TrialProposed(Now, horizon.Number, final.Configuration, final.Parent), token).ConfigureAwait(false))
            {
                // Whoever had the trial before, and was taken for dead, has proposed meanwhile: that stands, as for any other attempt.
                return Ledger.Read((state, number) => (state[number].Proposed!, state[number].Parent), horizon.Number);
            }

            return proposed;
        }
    }

    private (Configuration Configuration, int? Parent)? Propose(Horizon horizon, Configuration? given)
    {
        using var activity = Telemetry.Source.StartActivity("hyperopt.propose");
        var begun = Telemetry.TimesProposals ? Time.GetTimestamp() : 0;
        var space = horizon.Space;
        var settled = given is null ? [] : space.Select(parameter => FixedCode(given, parameter, horizon.Number)).ToArray();
        var proposed = _proposer.Propose(horizon.In(space), settled, "propose");
        if (Telemetry.TimesProposals)
        {
            Telemetry.Proposed(Name, Time.GetElapsedTime(begun));
        }

        return proposed is { } found
            ? (new Configuration(space, ImmutableCollectionsMarshal.AsImmutableArray(found.Codes)), found.Parent)
            : null;
    }

    private double FixedCode(Configuration? given, Parameter parameter, int number)
    {
        if (given is null)
        {
            return double.NaN;
        }

        var code = given.CodeFor(parameter);
        if (double.IsNaN(code) && given.TryGetValue(parameter.Name, out var value))
        {
            Log.DoesNotFit(Logger, number, parameter.Name, value, parameter);
        }

        return code;
    }

    private async ValueTask AppendEndAsync(LiveTrial trial, StudyEvent end)
    {
        if (!await Ledger.AppendAsync(end, CancellationToken.None).ConfigureAwait(false))
        {
            throw new InvalidOperationException(
                $"A trial is ended once, by the worker that holds it, but trial {trial.Number} (attempt {trial.Attempt}) was ended or taken away by another. Its result was not recorded.");
        }
    }
}
