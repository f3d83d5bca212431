using System.Collections.Concurrent;
using System.Collections.Immutable;
using HyperOpt.Engine;
using HyperOpt.Pruners;
using HyperOpt.Samplers;
using HyperOpt.Spaces;
using HyperOpt.Storage;
using HyperOpt.Trials;

namespace HyperOpt;

/// <inheritdoc cref="IStudy"/>
public sealed class Study : IStudy, IAsyncDisposable, IDisposable
{
    private readonly StudyOptions _options;
    private readonly StudyEngine _engine;
    private readonly ConcurrentDictionary<int, byte> _asked = new(); // and not told yet

    /// <summary>Opens the study of that name in the storage, or creates it.</summary>
    /// <param name="options">What the study is. Default: minimize one objective over the parameters that it asks for, at random, in memory.</param>
    /// <exception cref="InvalidOperationException">The study exists with another seed or other directions.</exception>
    public Study(StudyOptions? options = null)
    {
        _options = options ?? new StudyOptions();
        _engine = Blocking.Wait(StudyEngine.OpenAsync(ForEngine(_options), CancellationToken.None));
        Directions = DirectionsOf(_engine);
    }

    private Study(StudyOptions options, StudyEngine engine)
    {
        _options = options;
        _engine = engine;
        Directions = DirectionsOf(engine);
    }

    /// <inheritdoc/>
    public string Name => _options.Name;

    /// <summary>The seed from which all its chance comes.</summary>
    public ulong Seed => _engine.Seed;

    /// <inheritdoc/>
    public ImmutableArray<Direction> Directions { get; }

    /// <inheritdoc/>
    public SearchSpace Space => _engine.Ledger.Read(state => state.ByCompletion.SpaceAt(state.ByCompletion.Count));

    /// <inheritdoc/>
    public IReadOnlyList<FrozenTrial> Trials => new TrialList(_engine.Ledger, _engine.Ledger.Read(state => state.Shown));

    /// <inheritdoc/>
    public ImmutableSortedDictionary<string, AttributeValue> Attributes => _engine.Ledger.Read(state => state.Attributes);

    /// <inheritdoc/>
    public FrozenTrial Best
    {
        get
        {
            if (Directions.Length != 1)
            {
                throw new InvalidOperationException($"One best trial stands out with one objective, but study '{Name}' has {Directions.Length}. Use ParetoFront.");
            }

            return BestOrNull ?? throw new InvalidOperationException(
                $"The best trial is a completed and feasible one, but study '{Name}' has none among {Census()}. Run more trials, or look at Trials for what went wrong.");
        }
    }

    // The sequence has it as it ended; its artifacts may have changed since.
    internal FrozenTrial? BestOrNull => _engine.Ledger.Read(
        state => state.ByCompletion.BestAt(state.ByCompletion.Count) is { } best ? state[best.Number].Freeze(state.Lineage) : null);

    internal bool TrainsPopulation => _engine.TrainsPopulation;

    /// <inheritdoc/>
    public ImmutableArray<FrozenTrial> ParetoFront => Dominance.FrontOf(Trials, _engine.Signs);

    /// <summary>Opens the study of that name in the storage, or creates it, without blocking while the storage answers.</summary>
    /// <param name="options">What the study is.</param>
    /// <param name="token">Stops waiting.</param>
    /// <exception cref="InvalidOperationException">The study exists with another seed or other directions, or a space that none of its values fit.</exception>
    public static async ValueTask<Study> OpenAsync(StudyOptions options, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new Study(options, await StudyEngine.OpenAsync(ForEngine(options), token).ConfigureAwait(false));
    }

    /// <summary>Gives back the trials under way, to be tried again, and closes the storage's log. What was told is kept.</summary>
    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    /// <summary>Gives back the trials under way, to be tried again, and closes the storage's log. What was told is kept.</summary>
    public void Dispose() => Blocking.Wait(_engine.DisposeAsync());

    /// <inheritdoc/>
    public async ValueTask<ITrial?> TryAskAsync(CancellationToken token = default)
    {
        var trial = _options.Lag is { } lag
            ? await _engine.Starter.StartInOrderAsync(Lag.Of(lag), null, null, waits: false, token).ConfigureAwait(false)
            : await _engine.Starter.StartAsync(int.MaxValue, null, null, waits: false, token).ConfigureAwait(false);
        if (trial is not null)
        {
            _asked.TryAdd(trial.Number, 0);
        }

        return trial;
    }

    /// <inheritdoc/>
    public ValueTask<FrozenTrial> TellAsync(ITrial trial, params ImmutableArray<double> values)
    {
        var live = Own(trial);
        EnsureOpen(live);
        var outcome = Outcome.Of(live, values, _engine);
        return TellAsync(live, outcome.State, outcome.Values, outcome.Error);
    }

    /// <inheritdoc/>
    public ValueTask<FrozenTrial> TellPrunedAsync(ITrial trial, string? reason = null) => TellAsync(Own(trial), TrialState.Pruned, [], reason);

    /// <inheritdoc/>
    public ValueTask<FrozenTrial> TellFailedAsync(ITrial trial, string? error = null) => TellAsync(Own(trial), TrialState.Failed, [], error);

    /// <inheritdoc/>
    public async ValueTask<int> EnqueueAsync(params ImmutableArray<Assignment> values)
    {
        _engine.Spaces.EnsureCurrent();
        var (space, version) = _engine.Ledger.Read(state => (state.Lineage.Space, state.Lineage.Version));
        var given = EnqueuedPoint.Create(space, values, version);
        while (true)
        {
            var enqueued = new TrialEnqueued(_engine.Now, _engine.Ledger.Read(state => state.Count), given);
            if (await _engine.Ledger.AppendAsync(enqueued, CancellationToken.None).ConfigureAwait(false))
            {
                return enqueued.Number;
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask EvolveAsync(ImmutableArray<SpaceChange> changes, CancellationToken token = default) => _engine.Spaces.ChangeAsync(changes.IsDefault ? [] : changes, token);

    /// <inheritdoc/>
    public async ValueTask SetAttributeAsync(string name, AttributeValue value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        UnicodeText.Check(name, "An attribute's name");
        await _engine.Ledger.AppendAsync(new StudyAttributeSet(_engine.Now, name, value), CancellationToken.None).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask<RunSummary> RunAsync(Objective objective, RunOptions? options = null, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        options ??= new RunOptions();
        if (options.Reproducible && _options.Lag < options.Parallelism)
        {
            throw new ArgumentException(
                $"Parallelism <= Lag must hold in a reproducible run, but got Parallelism={options.Parallelism}, Lag={_options.Lag}. Raise Lag, or set Reproducible = false.", nameof(options));
        }

        if (options.Reproducible && !_asked.IsEmpty)
        {
            throw new InvalidOperationException(
                $"A reproducible run learns from all trials before it, but trial {_asked.Keys.Min()} was asked for and has not been told. Tell it first, or set Reproducible = false.");
        }

        return new Run(this, _engine, objective, options, options.Reproducible ? LagOf(options) : null, token).ExecuteAsync();
    }

    /// <inheritdoc/>
    public ValueTask RefreshAsync(CancellationToken token = default) => _engine.Ledger.RefreshAsync(token);

    /// <inheritdoc/>
    public async ValueTask<Stream> OpenArtifactAsync(int trial, string name, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        return await _engine.Artifacts.TryOpenAsync(trial, name, token).ConfigureAwait(false) ?? throw new KeyNotFoundException(
            $"An artifact is opened by a name that its trial has, but trial {trial} of study '{Name}' has no '{name}'. Look at FrozenTrial.Artifacts; the policy may have deleted it.");
    }

    private static ImmutableArray<Direction> DirectionsOf(StudyEngine engine) =>
        [.. engine.Signs.Select(sign => sign > 0 ? Direction.Minimize : Direction.Maximize)];

    private static EngineOptions ForEngine(StudyOptions options) => ForEngine(options, options.Storage ?? new InMemoryStorage());

    private static EngineOptions ForEngine(StudyOptions options, IStorage storage) => new()
    {
        Name = options.Name,
        Space = options.Space,
        Evolution = options.Evolution,
        Sources = () => SourceCapture.Of(options.WarmStart, options.Directions.Length),
        Signs = [.. options.Directions.Select(direction => direction == Direction.Minimize ? 1.0 : -1.0)],
        Sampler = options.Sampler,
        Pruner = options.Pruner ?? (options.Directions.Length == 1 ? new CurvePruner() : new NopPruner()),
        Seed = options.Seed,
        AvoidsDuplicates = options.Duplicates == DuplicatePolicy.Avoid,
        Storage = storage,
        Artifacts = options.Artifacts ?? storage.Artifacts,
        ArtifactPolicy = options.ArtifactPolicy,
        Mode = options.Mode,
        Lease = options.Lease,
        MaxRetries = options.MaxRetries,
        Time = options.TimeProvider,
        Logger = options.Logger,
    };

    private Lag LagOf(RunOptions options) =>
        _options.Lag is { } lag ? Lag.Of(lag)
        : _options.Sampler is IPopulationSampler { Population: var size } ? Lag.Generations(size)
        : Lag.Of(options.Parallelism);

    private static void EnsureOpen(LiveTrial trial)
    {
        if (trial.HasEnded)
        {
            throw new InvalidOperationException($"A trial is told once, but trial {trial.Number} has ended. Its first result stands.");
        }
    }

    private async ValueTask<FrozenTrial> TellAsync(LiveTrial trial, TrialState state, ImmutableArray<double> values, string? error)
    {
        if (!trial.TryEnd(EndedBy.Tell))
        {
            EnsureOpen(trial);
        }

        var ended = await EndAsync(trial, state, values, error).ConfigureAwait(false);
        _asked.TryRemove(trial.Number, out _);
        return ended ?? throw new InvalidOperationException(
            $"A trial is ended by the worker that holds it, but trial {trial.Number} (attempt {trial.Attempt}) was taken away because nothing was heard of this one for the length of a lease. Its result was not recorded; raise StudyOptions.Lease if the machine was only slow.");
    }

    private async ValueTask<FrozenTrial?> EndAsync(LiveTrial trial, TrialState state, ImmutableArray<double> values, string? error)
    {
        try
        {
            return await _engine.EndAsync(trial, state, values, error).ConfigureAwait(false);
        }
        catch
        {
            // A full disk must not cost the result: it can be told again.
            trial.Reopen();
            throw;
        }
    }

    private LiveTrial Own(ITrial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        return trial is LiveTrial live && live.IsOf(_engine)
            ? live
            : throw new ArgumentException($"A study is told about its own trials, but trial {trial.Number} was not asked from this object. Tell the study that was asked.", nameof(trial));
    }

    private string Census() => Trials.Count == 0
        ? "0 trials"
        : string.Join(", ", Trials.GroupBy(trial => trial.State).Select(group => $"{group.Count()} {group.Key}"));
}
