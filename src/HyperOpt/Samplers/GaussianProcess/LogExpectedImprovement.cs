using HyperOpt.Numerics;

namespace HyperOpt.Samplers.GaussianProcess;

/// <summary>ln E[max(0, best - y)]. Source: Ament et al. 2023, arXiv:2310.20708.</summary>
/// <param name="best">What is to be improved on.</param>
internal sealed class LogExpectedImprovement(double best) : IAcquisition
{
    public double At(ReadOnlySpan<double> means, ReadOnlySpan<double> spreads, Span<double> byMean, Span<double> bySpread)
    {
        var z = (best - means[0]) / spreads[0];
        var (log, slope) = LogImprovement.At(z);
        byMean[0] = -slope / spreads[0];
        bySpread[0] = (1 - slope * z) / spreads[0];
        return Math.Log(spreads[0]) + log;
    }
}
