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
    private readonly LearningCurveBuilder _curve;
    private readonly CancellationTokenSource _stop = new();
    private ImmutableSortedDictionary<string, AttributeValue> _attributes = FrozenTrial.NoAttributes;
    private ImmutableArray<double> _constraints = [];
    private ImmutableArray<double> _lastReport = [];
    private SearchSpace _space;
    private double[] _codes;
    private bool[] _asked;
    private bool _isPruned;
    private int _ended;

    public LiveTrial(StudyEngine engine, Horizon horizon, int attempt, Configuration proposed, Configuration? given, FrozenTrial? parent, DateTimeOffset startedAt)
    {
        _engine = engine;
        _fixed = given;
        _space = proposed.Space;
        _codes = ImmutableCollectionsMarshal.AsArray(proposed.Codes)!; // never written to: growth makes a new one
        _asked = new bool[_codes.Length];
        _curve = new LearningCurveBuilder(horizon.Objectives);
        Horizon = horizon;
        Attempt = attempt;
        Parent = parent;
        StartedAt = startedAt;
    }

    public int Number => Horizon.Number;

    public FrozenTrial? Parent { get; }

    public int Attempt { get; }

    public Horizon Horizon { get; }

    public DateTimeOffset StartedAt { get; }

    /// <summary>Cancelled when the trial is pruned, runs out of time, or its run ends.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>Whether the objective was told of the pruning.</summary>
    public bool WasTold { get; private set; }

    public bool IsPruned => _isPruned;

    public EndedBy EndedBy => (EndedBy)Volatile.Read(ref _ended);

    public bool HasEnded => EndedBy != EndedBy.Nobody;

    public bool ShouldPrune
    {
        get
        {
            WasTold |= _isPruned;
            return _isPruned;
        }
    }

    /// <summary>What the pruner sees: all coordinates, also of parameters that were not asked for yet.</summary>
    public Observation Observation => new()
    {
        Number = Number,
        State = TrialState.Running,
        Point = ImmutableCollectionsMarshal.AsImmutableArray(_space.PointOf(_codes)),
        Curve = _curve.Snapshot(),
        Violations = _constraints,
        Parent = Parent?.Number,
    };

    /// <summary>The values that the objective has asked for.</summary>
    public Configuration Asked
    {
        get
        {
            var codes = _codes;
            if (_asked.AsSpan().Contains(false))
            {
                codes = [.. _codes.Select((code, axis) => _asked[axis] ? code : double.NaN)];
            }

            return new Configuration(_space, ImmutableCollectionsMarshal.AsImmutableArray(codes));
        }
    }

    public T Suggest<T>(Parameter<T> parameter)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(parameter);
        EnsureOpen();
        var axis = AxisOf(parameter);
        if (double.IsNaN(_codes[axis]))
        {
            throw new InvalidOperationException(
                $"A parameter may be asked for only while it is active: '{parameter.Name}' is when {_space.Conditions.Describe(axis)}, "
                + $"but trial {Number} has {new Configuration(_space, [.. _codes])}. Ask for it inside an `if`, or look at IsActive first.");
        }

        MarkAsked(axis);
        return parameter.Decode(_codes[axis]);
    }

    public bool IsActive(Parameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        var axis = _space.IndexOf(parameter.Name);
        return axis < 0 || !double.IsNaN(_codes[axis]);
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
        if (!_isPruned && _engine.ShouldPrune(this))
        {
            _isPruned = true;
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

    public bool IsOf(StudyEngine engine) => ReferenceEquals(engine, _engine);

    /// <summary>Tells the objective to stop.</summary>
    public void Stop() => _stop.Cancel();

    /// <summary>Ends the trial; false if it had ended.</summary>
    public bool TryEnd(EndedBy by) => Interlocked.CompareExchange(ref _ended, (int)by, 0) == 0;

    /// <summary>The event with which the trial ends.</summary>
    public TrialEnded EndedAs(TrialState state, ImmutableArray<double> values, string? error) =>
        new(_engine.Now, Number, Attempt, state)
        {
            Values = values.IsEmpty && state == TrialState.Pruned && !_lastReport.Any(double.IsNaN) ? _lastReport : values,
            Parameters = Asked,
            Constraints = _constraints,
            Attributes = _attributes,
            Error = error,
        };

    private int AxisOf(Parameter parameter)
    {
        var axis = _space.IndexOf(parameter.Name);
        if (axis >= 0 && _space[axis].HasSameDomain(parameter))
        {
            return axis;
        }

        if (axis >= 0 && _asked[axis])
        {
            throw new InvalidOperationException(
                $"A trial asks for a parameter with one domain, but trial {Number} asked for ({_space[axis]}) and then for ({parameter}). Give them two names.");
        }

        (_space, _codes) = _engine.Grow(this, _space, _codes, _asked, _fixed, parameter);
        Array.Resize(ref _asked, _codes.Length);
        return _space.IndexOf(parameter.Name);
    }

    // The parents too: they decided.
    private void MarkAsked(int axis)
    {
        if (_asked[axis])
        {
            return;
        }

        _asked[axis] = true;
        foreach (var parent in _space.Conditions.ParentsOf(axis))
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
}
