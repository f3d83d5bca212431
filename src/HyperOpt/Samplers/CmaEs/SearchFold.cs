using System.Runtime.CompilerServices;
using HyperOpt.Trials;

namespace HyperOpt.Samplers.CmaEs;

/// <summary>
/// The strategy as a fold over the trials in the order in which they became visible. As many as the population are one generation, whoever proposed them and
/// from whichever distribution. Used by one thread.
/// </summary>
internal sealed class SearchFold
{
    /// <summary>For so many generations after a restart a trial may be one that the search before had under way.</summary>
    private const int Afterglow = 3;

    private readonly SearchAxes _axes;
    private readonly CmaEsSettings _settings;
    private readonly ulong _seed;
    private readonly RestartPlan _plan;
    private ViolationScales _scales = ViolationScales.None;
    private readonly List<Observation> _generation = [];
    private StopCriteria _stop = new();
    private SearchState? _before; // the end of the search before this one
    private int _rows; // all, from the first on
    private long _trials; // of this search

    /// <param name="axes">The space.</param>
    /// <param name="settings">The sampler's.</param>
    /// <param name="seed">The study's.</param>
    /// <param name="before">The trials of others that it begins from.</param>
    public SearchFold(SearchAxes axes, CmaEsSettings settings, ulong seed, IReadOnlyList<Observation> before)
    {
        (_axes, _settings, _seed) = (axes, settings, seed);
        _plan = new RestartPlan(settings.Restarts, settings.PopulationFor(axes), settings.Sigma, seed);
        foreach (var trial in before)
        {
            _scales = _scales.With(trial);
        }

        _rows = before.Count;
        State = Beginning.First(axes, settings, _plan.First, before, _scales);
    }

    /// <summary>What proposals are drawn from now.</summary>
    public SearchState State { get; private set; }

    /// <summary>Takes in the next trial; true if the state has changed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Take(Observation trial)
    {
        _rows++;
        _scales = _scales.With(trial);
        if (IsOfTheSearchBefore(trial))
        {
            return false;
        }

        _trials++;
        _generation.Add(trial);
        if (_generation.Count < State.Regime.Population)
        {
            return false;
        }

        Update();
        _generation.Clear();
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Update()
    {
        var selection = Selection.Of(State.Constants, _generation, _scales);
        var gaussian = State.Gaussian is null ? null : Move(State.Gaussian, selection);
        var next = State with { Gaussian = gaussian ?? State.Gaussian, Categories = State.Categories.Update(_axes, _generation, selection) };
        var hasFailed = gaussian is null && State.Gaussian is not null;
        State = next;
        if (hasFailed || (_settings.Restarts != CmaEsRestarts.None && IsOver(selection)))
        {
            _before = State;
            State = Beginning.Anywhere(_axes, _settings, _plan.After(State.Regime, _trials), _seed) with { FirstRow = _rows };
            _stop = new StopCriteria();
            _trials = 0;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Gaussian? Move(Gaussian gaussian, Selection selection)
    {
        var steps = new double[_generation.Count][];
        for (var i = 0; i < steps.Length; i++)
        {
            steps[i] = StepCompletion.StepOf(_axes, gaussian, State.Constants, _generation[i], _seed);
        }

        var hasMoved = Margin.Centre(_axes, gaussian, steps, selection.Order.AsSpan(0, State.Constants.Parents));
        return gaussian.Update(State.Constants, steps, selection, _axes.Dimensions) is { } next ? Margin.Correct(_axes, Limit(next), hasMoved) : null;
    }

    // A deviation of the whole range is as good as a greater one.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Gaussian Limit(Gaussian gaussian)
    {
        var largest = 0.0;
        for (var j = 0; j < _axes.Dimensions; j++)
        {
            largest = Math.Max(largest, gaussian.Sigma * Math.Sqrt(gaussian.Shape.Variance(j)));
        }

        return largest > 1 ? gaussian with { Sigma = gaussian.Sigma / largest } : gaussian;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool IsOver(Selection selection)
    {
        var (best, worst) = (LossOf(_generation[selection.Order[0]]), LossOf(_generation[selection.Order[^1]]));
        return _stop.Look(_axes, State, best, worst) is not null || _trials >= State.Regime.Limit;
    }

    private static double LossOf(Observation trial) =>
        trial is { State: TrialState.Completed, IsFeasible: true, Losses.Length: 1 } ? trial.Losses[0] : double.PositiveInfinity;

    private bool IsOfTheSearchBefore(Observation trial) =>
        _before is { Gaussian: { } old } && State.Gaussian is { } current && current.Generation < Afterglow
        && LogDensity(_before.Constants, old, trial) > LogDensity(State.Constants, current, trial);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double LogDensity(StrategyConstants constants, Gaussian gaussian, Observation trial)
    {
        var step = StepCompletion.StepOf(_axes, gaussian, constants, trial, _seed, isShortened: false);
        var white = gaussian.Shape.Whiten(step);
        var density = -0.5 * (Numerics.RowProducts.Dot(white, white) + gaussian.Shape.LogDeterminant);
        for (var j = 0; j < _axes.Dimensions; j++)
        {
            density -= Math.Log(gaussian.Sigma * gaussian.Widths[j]);
        }

        return density;
    }
}
