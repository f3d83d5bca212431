using HyperOpt.Numerics;
using HyperOpt.Spaces;

namespace HyperOpt.Samplers.Tpe;

/// <summary>Draws points from a density: a kernel by its weight, then each axis from that kernel's factor, parents before children.</summary>
internal sealed class CandidateSource
{
    private readonly SearchSpace _space;
    private readonly Kernels _kernels;
    private readonly double[] _cumulative;
    private readonly double[] _codes;
    private readonly (double Below, double Above)[] _tails; // by kernel and axis, the masses outside [0,1]; Below is NaN until they are needed

    public CandidateSource(SearchSpace space, Densities.Segment density)
    {
        var kernels = density.Kernels;
        _space = space;
        _kernels = kernels;
        _codes = new double[space.Count];
        _tails = new (double, double)[kernels.Count * kernels.Axes];
        Array.Fill(_tails, (double.NaN, 0));
        _cumulative = new double[kernels.Count];
        var sum = 0.0;
        for (var kernel = 0; kernel < kernels.Count; kernel++)
        {
            _cumulative[kernel] = sum += Math.Exp(density.LogWeights[kernel]);
        }
    }

    /// <summary>Draws a point; NaN on inactive axes.</summary>
    public void Draw(Span<double> point, Random random)
    {
        var kernel = Math.Min(Search(random.NextDouble() * _cumulative[^1]), _kernels.Count - 1);
        foreach (var axis in _space.Conditions.Order)
        {
            var unit = random.NextDouble(); // one draw an axis, active or not
            if (!_space.Conditions.IsActive(axis, _codes))
            {
                (point[axis], _codes[axis]) = (double.NaN, double.NaN);
                continue;
            }

            var parameter = _space[axis];
            var drawn = Draw(parameter, axis, kernel, unit);
            _codes[axis] = parameter.CodeAt(drawn);
            point[axis] = parameter.Cardinality is null ? drawn : parameter.UnitOf(_codes[axis]);
        }
    }

    private double Draw(Parameter parameter, int axis, int kernel, double unit)
    {
        var at = kernel * _kernels.Axes + axis;
        var mu = _kernels.Mu[at];
        if (double.IsNaN(mu))
        {
            return unit;
        }

        return parameter.IsOrdered ? Truncated(mu, _kernels.Width[at], ref _tails[at], unit) : Category(parameter, axis, mu, unit);
    }

    // By inversion; mirrored where the mass lies above the centre, so that tails keep their digits.
    private static double Truncated(double mu, double sigma, ref (double Below, double Above) tails, double unit)
    {
        if (double.IsNaN(tails.Below))
        {
            tails = (Normal.Cdf(-mu / sigma), Normal.Cdf((mu - 1) / sigma));
        }

        var (below, above) = tails;
        var z = unit < 0.5
            ? Normal.Quantile(below + unit * (1 - above - below))
            : -Normal.Quantile(above + (1 - unit) * (1 - above - below));
        return Math.Clamp(mu + sigma * z, 0, 1);
    }

    // The smoothed kernel is a mixture: the prior with the smoothing's share, else the observed category.
    private double Category(Parameter parameter, int axis, double mu, double unit)
    {
        var smoothing = CategoryKernel.UniformShare(_kernels.Present[axis], parameter.Cardinality!.Value);
        return unit < smoothing ? unit / smoothing : mu;
    }

    private int Search(double target)
    {
        var found = Array.BinarySearch(_cumulative, target);
        return found < 0 ? ~found : found + 1;
    }
}
