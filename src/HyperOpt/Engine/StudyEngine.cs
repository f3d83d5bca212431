using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using HyperOpt.Pruners;
using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Storage;
using HyperOpt.Trials;
using Microsoft.Extensions.Logging;

namespace HyperOpt.Engine;

/// <summary>One study at work: the log, the fold, the sampler and the pruner together. Safe for concurrent use.</summary>
internal sealed class StudyEngine : IAsyncDisposable
{
    /// <summary>News should wake who waits; this is for storages that lose some.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(1);

    /// <summary>The log is read each second at the least; a busy machine is late by some.</summary>
    private static readonly TimeSpan ShortestGap = TimeSpan.FromSeconds(3);

    private readonly EngineOptions _options;
    private readonly Proposer _proposer;
    private readonly SpaceGrowth _growth = new();
    private readonly bool _prunes;
    private LeaseKeeper? _leases;

    private StudyEngine(EngineOptions options, IStudyLog log)
    {
        _options = options;
        _proposer = new Proposer(options);
        _prunes = options.Pruner is not NopPruner;
        Starter = new TrialStarter(this, options, _proposer);
        Spaces = new SpaceKeeper(this, options);
        Artifacts = new ArtifactKeeper(this, options.Artifacts, options.ArtifactPolicy);
        Ledger = new Ledger(log, new StudyState(options.Space, options.Signs, _growth, log.IsRemote), options.Time)
        {
            MaxGap = options.Lease / 2 > ShortestGap ? options.Lease / 2 : ShortestGap,
        };
    }

    public Ledger Ledger { get; }

    public ArtifactKeeper Artifacts { get; }

    /// <summary>The name under which this engine takes trials.</summary>
    public string Worker { get; } = WorkerIdentity.Create();

    /// <summary>Changes the space.</summary>
    public SpaceKeeper Spaces { get; }

    /// <summary>Begins trials.</summary>
    public TrialStarter Starter { get; }

    public string Name => _options.Name;

    /// <summary>How many members the population has that the trials train; null if they train none.</summary>
    public int? Population => (_options.Sampler as IPopulationSampler)?.Population;

    public bool TrainsPopulation => _options.Sampler is IPopulationSampler;

    public ulong Seed { get; private set; }

    public ImmutableArray<double> Signs => _options.Signs;

    public ILogger Logger => _options.Logger;

    public TimeProvider Time => _options.Time;

    public DateTimeOffset Now => _options.Time.GetUtcNow();

    public static async ValueTask<StudyEngine> OpenAsync(EngineOptions options, CancellationToken token)
    {
        var log = await options.Storage.OpenAsync(options.Name, options.Mode, token).ConfigureAwait(false);
        var known = (await log.ReadAsync(token).ConfigureAwait(false)).Events;
        if (options.Mode == OpenMode.Read)
        {
            options = options with { Signs = SignsIn(known) ?? throw StudyName.Missing(options.Name) };
        }

        var engine = new StudyEngine(options, log);
        engine.Ledger.Apply(known);
        await engine.JoinAsync(token).ConfigureAwait(false);
        if (log.IsRemote && options.Mode != OpenMode.Read)
        {
            engine._leases = new LeaseKeeper(engine, options.Lease, options.MaxRetries);
        }

        return engine;
    }

    /// <summary>The id of a new study. It is not chance: nothing that is computed depends on it.</summary>
    public static string NewId() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>Gives back what this engine has under way, and closes the log.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_leases is { } leases)
            {
                _leases = null;
                await leases.DisposeAsync().ConfigureAwait(false);
                await GiveBackAsync().ConfigureAwait(false);
            }
        }
        catch (StudyDeletedException)
        {
            // Then there is nothing to give back to.
        }
        finally
        {
            await Ledger.CloseAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Ends a trial that <see cref="LiveTrial.TryEnd"/> has sealed; null if it was taken from this worker before, and so is not its to end.</summary>
    public async ValueTask<FrozenTrial?> EndAsync(LiveTrial trial, TrialState state, ImmutableArray<double> values, string? error)
    {
        if (!await TryAppendEndAsync(trial, trial.EndedAs(state, values, error)).ConfigureAwait(false))
        {
            return null;
        }

        await Artifacts.ApplyPolicyAsync().ConfigureAwait(false);
        var ended = Ledger.Read((all, number) => all[number].Ended!, trial.Number);
        Telemetry.TrialEnded(Name, ended);
        if (Logger.IsEnabled(LogLevel.Information))
        {
            Log.TrialEnded(Logger, ended.Number, ended.State, Words(ended.Values), ended.Parameters.ToString());
        }

        return ended;
    }

    /// <summary>Gives a sealed trial back: it waits to be tried again, with the same parameters.</summary>
    public async ValueTask ReleaseAsync(LiveTrial trial, string reason)
    {
        if (await TryAppendEndAsync(trial, new TrialReleased(Now, trial.Number, trial.Attempt, reason, false)).ConfigureAwait(false))
        {
            Telemetry.Left(Name);
            Log.TrialReleased(Logger, trial.Number, reason);
        }
    }

    /// <summary>Waits until there is a trial below a number to take; false when all of them have ended.</summary>
    public async ValueTask<bool> AwaitWorkAsync(int trials, CancellationToken token)
    {
        while (true)
        {
            var news = Ledger.NewsAsync();
            if (Ledger.Read((state, count) => state.NextAsCompleted().Number < count, trials))
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
    public PruningDecision? Judge(LiveTrial trial)
    {
        if (!_prunes)
        {
            return null;
        }

        var horizon = trial.Horizon.IsOrdered ? trial.Horizon : CurrentHorizon(trial.Number);
        return _options.Pruner.Judge(trial.Observation, horizon.In(trial.Space));
    }

    /// <summary>Adds a parameter to a trial that asks for it unforeseen, and draws its value; all that was settled stays.</summary>
    public (SearchSpace Space, double[] Codes) Grow(LiveTrial trial, SearchSpace space, double[] codes, Configuration? given, Parameter parameter)
    {
        var grown = _growth.Extend(space, parameter);
        var settled = new double[grown.Count];
        Array.Fill(settled, double.NaN);
        codes.CopyTo(settled, 0);
        settled[grown.IndexOf(parameter.Name)] = FixedCode(given, parameter, trial.Number);
        return (grown, _proposer.Complete(trial.Horizon.In(grown), settled, "late:" + parameter.Name).Codes);
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

    /// <summary>The code of a value that was set when the trial was enqueued; NaN if there is none, or it does not fit.</summary>
    public double FixedCode(Configuration? given, Parameter parameter, int number)
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

    private static string Words(ImmutableArray<double> values) => string.Join(", ", values.Select(value => value.ToString("R", CultureInfo.InvariantCulture)));

    private static string DirectionsOf(ImmutableArray<double> signs) => string.Join(", ", signs.Select(sign => sign > 0 ? "minimize" : "maximize"));

    // Null as long as whoever creates the study has not come that far.
    private static ImmutableArray<double>? SignsIn(ReadOnlyMemory<StudyEvent> events)
    {
        foreach (var entry in events.Span)
        {
            if (entry is StudyCreated created)
            {
                return created.Signs;
            }
        }

        return null;
    }

    private async ValueTask GiveBackAsync()
    {
        foreach (var held in Ledger.Read(state => state.Held()).Where(held => held.Worker == Worker))
        {
            await Ledger.AppendAsync(new TrialReleased(Now, held.Number, held.Attempt, "its study was closed", false), CancellationToken.None).ConfigureAwait(false);
        }
    }

    // Creates the study, or finds out how it was created.
    private async ValueTask JoinAsync(CancellationToken token)
    {
        if (Ledger.Read(state => state.Created) is null)
        {
            await Ledger.AppendAsync(new StudyCreated(Now, _options.Seed ?? 0, Signs) { Id = NewId(), Sources = _options.Sources() }, token).ConfigureAwait(false);
        }

        var created = Ledger.Read(state => state.Created!);
        Seed = created.Seed;
        if (!created.Signs.AsSpan().SequenceEqual(Signs.AsSpan()))
        {
            throw new InvalidOperationException(
                $"A study is opened with the directions it was created with: '{Name}' has ({DirectionsOf(created.Signs)}), but was opened with ({DirectionsOf(Signs)}). Open it with its own, or take another name.");
        }

        if (_options.Seed is { } seed && seed != created.Seed)
        {
            throw new InvalidOperationException(
                $"A study is opened with the seed it was created with: '{Name}' has {created.Seed}, but was opened with {seed}. Leave the seed out, or take another name.");
        }

        if (_options.Mode != OpenMode.Read)
        {
            await Spaces.JoinAsync(token).ConfigureAwait(false);
        }
    }

    // Whoever ends an attempt first has ended it.
    private async ValueTask<bool> TryAppendEndAsync(LiveTrial trial, StudyEvent end)
    {
        if (await Ledger.AppendAsync(end, CancellationToken.None).ConfigureAwait(false))
        {
            return true;
        }

        Telemetry.Left(Name);
        Log.TrialLost(Logger, trial.Number, trial.Attempt);
        return false;
    }
}
