using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using HyperOpt.Spaces;
using HyperOpt.Storage;
using HyperOpt.Trials;

namespace HyperOpt.Engine;

/// <summary>A trial under way in this process.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A token source without a timer holds nothing to dispose of, and an objective left behind may look at it yet.")]
internal sealed class LiveTrial : ITrial
{
    private readonly StudyEngine _engine;
    private readonly Configuration? _fixed;
    private readonly int _version;
    private readonly LearningCurveBuilder _curve;
    private readonly CancellationTokenSource _stop = new();
    private ImmutableSortedDictionary<string, AttributeValue> _attributes = FrozenTrial.NoAttributes;
    private ImmutableArray<double> _constraints = [];
    private ImmutableArray<double> _lastReport = [];
    private volatile Drawn _drawn;
    private readonly MemberDuty? _duty;
    private PruningDecision? _pruning;
    private int _ended;
    private int _saves;

    public LiveTrial(StudyEngine engine, Horizon horizon, int attempt, Configuration proposed, Configuration? given, FrozenTrial? parent, DateTimeOffset startedAt)
    {
        _engine = engine;
        _fixed = given;
        _version = proposed.Version;
        _drawn = new Drawn(proposed.Space, ImmutableCollectionsMarshal.AsArray(proposed.Codes)!, new bool[proposed.Codes.Length]);
        _curve = new LearningCurveBuilder(horizon.Objectives);
        Horizon = horizon;
        Attempt = attempt;
        Parent = parent;
        StartedAt = startedAt;
        _duty = engine.TrainsPopulation ? new MemberDuty(Number, parent, proposed) : null;
    }

    public int Number => Horizon.Number;

    public FrozenTrial? Parent { get; }

    public int Attempt { get; }

    public Horizon Horizon { get; }

    public DateTimeOffset StartedAt { get; }

    /// <summary>The parameters that it was given or has asked for.</summary>
    public SearchSpace Space => _drawn.Space;

    /// <summary>Cancelled when the trial is pruned, runs out of time, or its run ends.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>Whether the objective was told of the pruning.</summary>
    public bool WasTold { get; private set; }

    public bool IsPruned => _pruning is not null;

    public EndedBy EndedBy => (EndedBy)Volatile.Read(ref _ended);

    public bool HasEnded => EndedBy != EndedBy.Nobody;

    public bool ShouldPrune
    {
        get
        {
            WasTold |= IsPruned;
            return IsPruned;
        }
    }

    /// <summary>What the pruner sees: all coordinates, also of parameters that were not asked for yet.</summary>
    public Observation Observation => new()
    {
        Number = Number,
        State = TrialState.Running,
        Point = ImmutableCollectionsMarshal.AsImmutableArray(_drawn.Space.PointOf(_drawn.Codes)),
        Curve = _curve.Snapshot(),
        Violations = _constraints,
        Parent = Parent?.Number,
    };

    /// <summary>The values that the objective has asked for.</summary>
    public Configuration Asked
    {
        get
        {
            var (space, codes, asked) = _drawn;
            if (asked.AsSpan().Contains(false))
            {
                codes = [.. codes.Select((code, axis) => asked[axis] ? code : double.NaN)];
            }

            return new Configuration(space, ImmutableCollectionsMarshal.AsImmutableArray(codes), _version);
        }
    }

    public T Suggest<T>(Parameter<T> parameter)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(parameter);
        EnsureOpen();
        var axis = AxisOf(parameter);
        var (space, codes, _) = _drawn;
        if (double.IsNaN(codes[axis]))
        {
            throw new InvalidOperationException(
                $"A parameter may be asked for only while it is active: '{parameter.Name}' is when {space.Conditions.Describe(axis)}, "
                + $"but trial {Number} has {new Configuration(space, [.. codes])}. Ask for it inside an `if`, or look at IsActive first.");
        }

        MarkAsked(axis);
        _duty?.Asked(parameter.Name);
        return parameter.Decode(codes[axis]);
    }

    public bool IsActive(Parameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        var axis = Space.IndexOf(parameter.Name);
        if (axis < 0)
        {
            EnsureOpen();
            axis = AxisOf(parameter);
        }

        return !double.IsNaN(_drawn.Codes[axis]);
    }

    public void Report(int step, params ReadOnlySpan<double> values)
    {
        EnsureOpen();
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        _engine.CheckCount(values.Length);
        if (!_curve.TryAdd(step, ObservationTranslator.Fold(values, _engine.Signs).AsSpan()))
        {
            Log.ReportedAgain(_engine.Logger, Number, step);
            return;
        }

        _lastReport = [.. values];
        _engine.Record(this, new Report(step, _lastReport));
        if (_pruning is null && _engine.Judge(this) is { } decision)
        {
            _pruning = decision;
            _stop.Cancel();
        }
    }

    public void SetAttribute(string name, AttributeValue value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        UnicodeText.Check(name, "An attribute's name");
        EnsureOpen();
        _attributes = _attributes.SetItem(name, value);
    }

    public void SetConstraints(params ReadOnlySpan<double> violations)
    {
        EnsureOpen();
        foreach (var violation in violations)
        {
            if (double.IsNaN(violation))
            {
                throw new ArgumentException($"A violation must be a number, at most 0 where the constraint holds, but trial {Number} set NaN. Set a positive number instead.");
            }
        }

        _constraints = [.. violations];
    }

    public async ValueTask SaveArtifactAsync(string name, Stream content, CancellationToken token = default)
    {
        Artifact.CheckName(name);
        ArgumentNullException.ThrowIfNull(content);
        EnsureOpen();
        var key = new ArtifactKey(Number, Attempt, Interlocked.Increment(ref _saves));
        await _engine.Artifacts.SaveAsync(this, key, name, content, token).ConfigureAwait(false);
        if (name == Artifact.Checkpoint)
        {
            _duty?.Saved();
        }
    }

    public ValueTask SaveCheckpointAsync(Stream content, CancellationToken token = default) =>
        SaveArtifactAsync(Artifact.Checkpoint, content, token);

    public ValueTask<Stream?> OpenCheckpointAsync(CancellationToken token = default)
    {
        EnsureOpen();
        return _engine.Artifacts.TryOpenCheckpointAsync(this, token);
    }

    /// <summary>The checkpoint of its parent was opened.</summary>
    public void Inherit(VerifyingStream checkpoint)
    {
        _duty?.Opened(checkpoint);
        _attributes = _attributes.SetItem(FrozenTrial.ParentCheckpointAttribute, checkpoint.Artifact.Hash);
    }

    /// <summary>Throws if it is a trial of a population and has forgotten what that takes.</summary>
    public void CheckDuty() => _duty?.Check();

    public bool IsOf(StudyEngine engine) => ReferenceEquals(engine, _engine);

    /// <summary>Tells the objective to stop. What it has registered with its token runs elsewhere: the caller may be a timer, or hold up others.</summary>
    public void Stop() => _ = _stop.CancelAsync();

    /// <summary>Ends the trial; false if it had ended.</summary>
    public bool TryEnd(EndedBy by) => Interlocked.CompareExchange(ref _ended, (int)by, 0) == 0;

    /// <summary>Takes back <see cref="TryEnd"/>: the end could not be recorded.</summary>
    public void Reopen() => Volatile.Write(ref _ended, (int)EndedBy.Nobody);

    /// <summary>The event with which the trial ends.</summary>
    public TrialEnded EndedAs(TrialState state, ImmutableArray<double> values, string? error) =>
        new(_engine.Now, Number, Attempt, state)
        {
            Values = values.IsEmpty && state == TrialState.Pruned && !_lastReport.Any(double.IsNaN) ? _lastReport : values,
            Parameters = Asked,
            Constraints = _constraints,
            Attributes = _attributes,
            Error = error,
            Pruning = state == TrialState.Pruned ? _pruning : null,
        };

    private int AxisOf(Parameter parameter)
    {
        var (space, codes, asked) = _drawn;
        var axis = space.IndexOf(parameter.Name);
        if (axis >= 0 && space[axis].HasSameDomain(parameter))
        {
            return axis;
        }

        if (axis >= 0 && asked[axis])
        {
            throw new InvalidOperationException(
                $"A trial asks for a parameter with one domain, but trial {Number} asked for ({space[axis]}) and then for ({parameter}). Give them two names.");
        }

        if (axis < 0 && parameter.Conditions.FirstOrDefault(condition => space.IndexOf(condition.Parent.Name) < 0) is { } unmet)
        {
            // Parents first: were they drawn later, they could contradict what was answered.
            AxisOf(unmet.Parent);
            return AxisOf(parameter);
        }

        (space, codes) = _engine.Grow(this, space, codes, _fixed, parameter);
        Array.Resize(ref asked, codes.Length);
        _drawn = new Drawn(space, codes, asked);
        return space.IndexOf(parameter.Name);
    }

    // The parents too: they decided.
    private void MarkAsked(int axis)
    {
        var (space, _, asked) = _drawn;
        if (asked[axis])
        {
            return;
        }

        asked[axis] = true;
        foreach (var parent in space.Conditions.ParentsOf(axis))
        {
            MarkAsked(parent);
        }
    }

    private void EnsureOpen()
    {
        if (HasEnded)
        {
            throw new InvalidOperationException($"A trial takes no more calls once it has ended, but trial {Number} has. Report and suggest before you tell its result.");
        }
    }

    // Of one piece, because whoever leaves the trial behind reads it while the objective may be asking for more. Codes are never written to.
    private sealed record Drawn(SearchSpace Space, double[] Codes, bool[] Asked);
}
