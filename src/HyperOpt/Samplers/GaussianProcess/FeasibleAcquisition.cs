using HyperOpt.Numerics;

namespace HyperOpt.Samplers.GaussianProcess;

/// <summary>
/// The logarithm of an acquisition and of the chance that all constraints hold: weight · inner + Σ_i ln Φ(-mean_i / spread_i).
/// Source: Gardner et al. 2014, Bayesian optimization with inequality constraints, ICML.
/// </summary>
/// <param name="inner">Of the objectives, which come first.</param>
/// <param name="objectives">How many they are.</param>
/// <param name="weight">Of the inner one: below 1 while no feasible trial is known.</param>
internal sealed class FeasibleAcquisition(IAcquisition inner, int objectives, double weight) : IAcquisition
{
    private const double LogSqrtTwoPi = 0.918938533204672741780329736405618;

    public double At(ReadOnlySpan<double> means, ReadOnlySpan<double> spreads, Span<double> byMean, Span<double> bySpread)
    {
        var sum = weight * inner.At(means[..objectives], spreads[..objectives], byMean[..objectives], bySpread[..objectives]);
        for (var i = 0; i < objectives; i++)
        {
            byMean[i] *= weight;
            bySpread[i] *= weight;
        }

        for (var i = objectives; i < means.Length; i++)
        {
            var z = -means[i] / spreads[i];
            var log = Normal.LogCdf(z);
            var slope = Math.Exp(-0.5 * z * z - LogSqrtTwoPi - log);
            sum += log;
            byMean[i] = -slope / spreads[i];
            bySpread[i] = -slope * z / spreads[i];
        }

        return sum;
    }
}
