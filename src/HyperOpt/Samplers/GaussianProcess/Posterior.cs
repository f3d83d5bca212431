using HyperOpt.Numerics;

namespace HyperOpt.Samplers.GaussianProcess;

/// <summary>
/// What a model believes of any point: a mean and a variance of the noiseless value, in the terms of its warp. Trials under way lower the variance as if they
/// had ended with what was expected of them, which leaves the mean where it is (Ginsbourger et al. 2010, 10.1007/978-3-642-10701-6_6).
/// </summary>
internal sealed class Posterior
{
    private const double LeastVariance = 1e-12;

    private readonly Covariance _covariance;
    private readonly CholeskyFactor _factor;
    private readonly double[] _alpha;
    private readonly double[] _solved;
    private readonly KernelQuery _query;

    /// <param name="model">The fit.</param>
    /// <param name="covariance">The rows: those with targets, then those under way.</param>
    /// <param name="factor">Of their kernel matrix.</param>
    /// <param name="targets">The values of the first rows, in the terms of the warp.</param>
    /// <param name="rows">Which trials they are of.</param>
    public Posterior(FittedModel model, Covariance covariance, CholeskyFactor factor, double[] targets, int[] rows)
    {
        Model = model;
        (Targets, Rows) = (targets, rows);
        _covariance = covariance;
        _factor = factor;
        _alpha = new double[factor.Stride];
        _solved = new double[factor.Stride];
        _query = new KernelQuery(covariance.Scales.Axes, factor.Stride);
        targets.CopyTo(_alpha, 0);
        SolveForTargets(targets.Length);
    }

    public FittedModel Model { get; }

    public KernelScales Scales => _covariance.Scales;

    /// <summary>The values of the rows that have one.</summary>
    public double[] Targets { get; }

    /// <summary>The trials of those rows.</summary>
    public int[] Rows { get; }

    /// <summary>The share of the noise in all variance.</summary>
    public double NoiseShare => Scales.Noise / (Scales.Noise + Scales.Signal);

    /// <summary>Mean and standard deviation at a point.</summary>
    public (double Mean, double Spread) At(ReadOnlySpan<double> point)
    {
        Compare(point);
        _factor.Forward(_solved);
        return (RowProducts.Dot(_query.Kernel, _alpha), Spread());
    }

    /// <summary>Mean and standard deviation at a point, and their derivatives on some ordered axes that are active there.</summary>
    public (double Mean, double Spread) At(ReadOnlySpan<double> point, ReadOnlySpan<int> axes, Span<double> meanGradient, Span<double> spreadGradient)
    {
        Compare(point);
        var mean = RowProducts.Dot(_query.Kernel, _alpha);
        _factor.Forward(_solved);
        var spread = Spread();
        _factor.Back(_solved);
        for (var i = 0; i < axes.Length; i++)
        {
            (meanGradient[i], var shared) = _covariance.Gradient(_query, axes[i], _alpha, _solved);
            spreadGradient[i] = (0.5 * _covariance.VarianceGradient(_query, axes[i]) - shared) / spread;
        }

        return (mean, spread);
    }

    /// <summary>Means and standard deviations at many points.</summary>
    public void At(IReadOnlyList<double[]> points, Span<double> means, Span<double> spreads)
    {
        const int Batch = 64;
        var kernels = new RowBlock(new double[Math.Min(Batch, points.Count) * _factor.Stride], 0, _factor.Stride);
        Span<double> variances = stackalloc double[Batch];
        for (var from = 0; from < points.Count; from += Batch)
        {
            var count = Math.Min(Batch, points.Count - from);
            for (var i = 0; i < count; i++)
            {
                Compare(points[from + i]);
                means[from + i] = RowProducts.Dot(_query.Kernel, _alpha);
                variances[i] = _covariance.Variance(_query);
                _solved.CopyTo(kernels.Row(i, _factor.Stride));
            }

            _factor.ForwardRows(kernels, count);
            for (var i = 0; i < count; i++)
            {
                var row = kernels.Row(i, _factor.Stride);
                spreads[from + i] = Math.Sqrt(Math.Max(LeastVariance, variances[i] - RowProducts.Dot(row, row)));
            }
        }
    }

    /// <summary>The mean at the row of that index.</summary>
    public double MeanAtRow(int row)
    {
        _covariance.Set(_query, row);
        _covariance.Compare(_query, _factor.Count);
        _query.Kernel.AsSpan(_factor.Count).Clear();
        return RowProducts.Dot(_query.Kernel, _alpha);
    }

    /// <summary>
    /// What the model would believe of each row's value, noise included, had that row been left out and the hyperparameters stayed: mean z_i - α_i / K⁻¹_ii,
    /// variance 1 / K⁻¹_ii (Rasmussen and Williams 2006, eq. 5.12). Trials under way play no part.
    /// </summary>
    public (double[] Means, double[] Variances) LeaveOneOut()
    {
        var variances = Leading(Targets.Length).InverseDiagonal();
        var means = new double[variances.Length];
        for (var row = 0; row < means.Length; row++)
        {
            variances[row] = 1 / variances[row];
            means[row] = Targets[row] - _alpha[row] * variances[row];
        }

        return (means, variances);
    }

    // Leaves the kernel's row in the query and in what is to be solved.
    private void Compare(ReadOnlySpan<double> point)
    {
        _covariance.Set(_query, point);
        _covariance.Compare(_query, _factor.Count);
        _query.Kernel.AsSpan(_factor.Count).Clear();
        _query.Kernel.CopyTo(_solved, 0);
    }

    private double Spread() => Math.Sqrt(Math.Max(LeastVariance, _covariance.Variance(_query) - RowProducts.Dot(_solved, _solved)));

    // Of the leading part only: rows under way have no targets.
    private void SolveForTargets(int count)
    {
        var own = Leading(count);
        var alpha = new double[own.Stride];
        Array.Copy(_alpha, alpha, count);
        own.Forward(alpha);
        own.Back(alpha);
        alpha.CopyTo(_alpha, 0);
    }

    private CholeskyFactor Leading(int count) => count == _factor.Count ? _factor : _factor.Copy(count, _factor.Count);
}
