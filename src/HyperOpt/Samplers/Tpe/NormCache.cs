using HyperOpt.Numerics;

namespace HyperOpt.Samplers.Tpe;

/// <summary>
/// The norms of one axis's kernels, by row, with the widths for which they were computed: from one suggestion to the next few widths change,
/// and the normal distribution's tails are what costs.
/// </summary>
internal sealed class NormCache
{
    private double[] _widths = [];
    private double[] _norms = [];

    public double NormOf(int row, double mu, double width)
    {
        if (row < 0)
        {
            return Norm(mu, width);
        }

        if (row >= _widths.Length)
        {
            var capacity = Math.Max(64, 2 * row);
            Array.Resize(ref _widths, capacity);
            Array.Resize(ref _norms, capacity);
        }

        if (_widths[row] != width)
        {
            (_widths[row], _norms[row]) = (width, Norm(mu, width));
        }

        return _norms[row];
    }

    // mu lies in [0,1] and width <= 1, so the mass is at least Φ(1) - Φ(0) = 0.34: nothing cancels.
    private static double Norm(double mu, double width) => width * (1 - Normal.Cdf(-mu / width) - Normal.Cdf((mu - 1) / width));
}
