using HyperOpt.Numerics;
using HyperOpt.Trials;

namespace HyperOpt.Samplers.GaussianProcess;

/// <summary>A fit with the rows that came after it.</summary>
internal sealed class GrownModel
{
    private readonly ModelAxes _axes;
    private readonly List<(int Row, double Z)> _rows = [];
    private Covariance _covariance;
    private CholeskyFactor _factor;
    private KernelQuery _query;
    private int _seen;

    public GrownModel(ModelAxes axes, FittedModel fit, TrialHistory history)
    {
        (_axes, Fit, _seen) = (axes, fit, fit.Count);
        var capacity = fit.Kept.Length + 16;
        _covariance = new Covariance(axes, new KernelScales(fit.Theta), CholeskyFactor.StrideFor(capacity));
        _factor = new CholeskyFactor(capacity);
        _query = new KernelQuery(axes.Count, _factor.Stride);
        var matrix = new RowBlock(new double[_factor.Stride * _factor.Stride], 0, _factor.Stride);
        for (var i = 0; i < fit.Kept.Length; i++)
        {
            var row = fit.Data.Rows[fit.Kept[i]];
            var (z, variance) = fit.Data.In(fit.Warp, fit.Data.Targets[fit.Kept[i]]);
            _covariance.Set(_query, history.Finished[row].Point.AsSpan());
            _covariance.Add(_query);
            _covariance.Compare(_query, i + 1);
            _query.Kernel.AsSpan(0, i + 1).CopyTo(matrix.Row(i, i + 1));
            matrix.Row(i, i + 1)[i] += _covariance.Scales.Noise + variance;
            _rows.Add((row, z));
        }

        if (!_factor.TryFactor(matrix, fit.Kept.Length, out _))
        {
            throw new InvalidOperationException("A kernel matrix must be positive definite with jitter of a hundredth of its diagonal, but it is not. Please report this.");
        }
    }

    public FittedModel Fit { get; }

    public void Grow(TrialHistory history)
    {
        for (; _seen < history.Count; _seen++)
        {
            if (Fit.Data.Read(history, _seen) is { } target)
            {
                var (z, variance) = Fit.Data.In(Fit.Warp, target);
                Append(history.Finished[_seen].Point.AsSpan(), variance);
                _rows.Add((_seen, z));
            }
        }
    }

    // A copy, for the rows under way and for the thread that asked.
    public Posterior With(TrialHistory history)
    {
        var count = _rows.Count(row => row.Row < history.Count);
        var capacity = count + history.Pending.Count;
        var copy = new GrownModel(this, count, capacity);
        foreach (var trial in history.Pending)
        {
            copy.Append(trial.Point.AsSpan(), 0);
        }

        return new Posterior(Fit, copy._covariance, copy._factor, [.. _rows.Take(count).Select(row => row.Z)], [.. _rows.Take(count).Select(row => row.Row)]);
    }

    private GrownModel(GrownModel other, int count, int capacity)
    {
        (_axes, Fit) = (other._axes, other.Fit);
        _factor = other._factor.Copy(count, capacity);
        _covariance = other._covariance.Copy(count, _factor.Stride);
        _query = new KernelQuery(_axes.Count, _factor.Stride);
    }

    private void Append(ReadOnlySpan<double> point, double variance)
    {
        if (_factor.Count == _factor.Stride)
        {
            _factor = _factor.Copy(_factor.Count, _factor.Count + 16);
            _covariance = _covariance.Copy(_factor.Count, _factor.Stride);
            _query = new KernelQuery(_axes.Count, _factor.Stride);
        }

        _covariance.Set(_query, point);
        _covariance.Compare(_query, _factor.Count);
        _query.Kernel.AsSpan(_factor.Count).Clear();
        _covariance.Add(_query);
        _factor.Append(_query.Kernel, _covariance.Variance(_query) + _covariance.Scales.Noise + variance);
    }
}
