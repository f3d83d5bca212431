using HyperOpt.Numerics;

namespace HyperOpt.Samplers.PopulationBased;

/// <summary>
/// What an interval wins, as a Gaussian process over what it begins with. The variance of the signal has an inverse gamma prior of shape and scale 1, so the
/// likelihood of the other scales is in closed form: with C the kernel plus noise, -½ ln det C - (1 + n/2) ln(1 + ½ gᵀC⁻¹g), Rasmussen and Williams 2006, section 5.4, integrated over
/// the variance. Kernel: Parker-Holder et al. 2020, arXiv:2002.02518.
/// </summary>
internal sealed class ScheduleModel
{
    private readonly ScheduleAxes _axes;
    private readonly ScheduleScales _scales;
    private readonly CholeskyFactor _factor;
    private readonly List<ScheduleInputs> _inputs;
    private readonly double[] _whitened;
    private readonly double[] _alpha;
    private readonly double[] _kernel;
    private readonly double[] _solved;

    /// <param name="rows">What is known.</param>
    /// <param name="scales">The scales.</param>
    /// <param name="pending">Intervals under way, which lessen the variance.</param>
    public ScheduleModel(ScheduleRows rows, ScheduleScales scales, IReadOnlyCollection<ScheduleInputs> pending)
    {
        var count = rows.Gains.Length;
        (_axes, _scales, _inputs) = (rows.Axes, scales, [.. rows.Inputs]);
        _factor = new CholeskyFactor(count + pending.Count);
        var stride = _factor.Stride;
        (_whitened, _alpha, _kernel, _solved) = (new double[stride], new double[stride], new double[stride], new double[stride]);
        var matrix = new double[count * stride];
        for (var row = 0; row < count; row++)
        {
            for (var column = 0; column < row; column++)
            {
                matrix[row * stride + column] = Kernel(rows.Inputs[row], rows.Inputs[column]);
            }

            matrix[row * stride + row] = 1 + scales.Noise;
        }

        if (!_factor.TryFactor(new RowBlock(matrix, 0, stride), count, out _))
        {
            throw new InvalidOperationException("The covariance of the gains of a population is not positive definite, though it has noise on its diagonal.");
        }

        rows.Gains.CopyTo(_whitened, 0);
        _factor.Forward(_whitened);
        var fit = 0.5 * RowProducts.Dot(_whitened, _whitened);
        Likelihood = -0.5 * _factor.LogDeterminant - (1 + 0.5 * count) * Math.Log(1 + fit);
        Signal = Math.Sqrt((1 + fit) / (1 + 0.5 * count));
        foreach (var inputs in pending)
        {
            var row = new double[stride];
            for (var other = 0; other < _inputs.Count; other++)
            {
                row[other] = Kernel(inputs, _inputs[other]);
            }

            _factor.Append(row, 1 + scales.Noise);
            _inputs.Add(inputs);
        }

        _whitened.CopyTo(_alpha, 0);
        _factor.Back(_alpha);
    }

    /// <summary>ln p(gains | scales), up to a constant.</summary>
    public double Likelihood { get; }

    /// <summary>The standard deviation of the signal.</summary>
    public double Signal { get; }

    /// <summary>What an interval wins, as far as is known: the mean, and the standard deviation of the signal without the noise.</summary>
    public (double Mean, double Deviation) Predict(ScheduleInputs inputs)
    {
        for (var row = 0; row < _inputs.Count; row++)
        {
            _kernel[row] = _solved[row] = Kernel(inputs, _inputs[row]);
        }

        _solved.AsSpan(_inputs.Count).Clear();
        _factor.Forward(_solved);
        return (RowProducts.Dot(_solved, _whitened), Signal * Math.Sqrt(Math.Max(0, 1 - RowProducts.Dot(_solved, _solved))));
    }

    /// <summary>Mean plus <paramref name="boldness"/> deviations, and its gradient along the first features.</summary>
    public double Bound(ScheduleInputs inputs, double boldness, Span<double> gradient)
    {
        var (mean, deviation) = Predict(inputs);
        _factor.Back(_solved);
        gradient.Clear();
        var steepness = deviation > 1e-9 * Signal ? boldness * Signal * Signal / deviation : 0;
        for (var row = 0; row < _inputs.Count; row++)
        {
            var weight = (_alpha[row] - steepness * _solved[row]) * _kernel[row] / (_scales.Length * _scales.Length);
            _axes.AddSlopes(inputs.Features, _inputs[row].Features, weight, gradient);
        }

        return mean + boldness * deviation;
    }

    private double Kernel(ScheduleInputs one, ScheduleInputs other) => _scales.Kernel(_axes.Distance(one.Features, other.Features), one.Time - other.Time);
}
