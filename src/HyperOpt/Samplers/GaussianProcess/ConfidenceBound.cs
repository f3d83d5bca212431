namespace HyperOpt.Samplers.GaussianProcess;

/// <summary>
/// How low the losses may well be: -max_i w_i (mean_i - 1.8 spread_i - ideal_i), for one objective with w = 1; without optimism, how low they are expected to be. Sources: Srinivas et al. 2010, arXiv:0912.3995, with the
/// coefficient of Vizier, arXiv:2408.11527; of several objectives, by random weights: Paria et al. 2019, arXiv:1805.12168.
/// </summary>
/// <param name="weights">Of each objective.</param>
/// <param name="ideal">The best seen of each.</param>
/// <param name="optimism">How many spreads below the mean.</param>
internal sealed class ConfidenceBound(double[] weights, double[] ideal, double optimism = ConfidenceBound.Optimism) : IAcquisition
{
    /// <summary>The usual number of spreads.</summary>
    public const double Optimism = 1.8;

    public double At(ReadOnlySpan<double> means, ReadOnlySpan<double> spreads, Span<double> byMean, Span<double> bySpread)
    {
        byMean.Clear();
        bySpread.Clear();
        var (worst, at) = (double.NegativeInfinity, 0);
        for (var i = 0; i < weights.Length; i++)
        {
            var bound = weights[i] * (means[i] - optimism * spreads[i] - ideal[i]);
            (worst, at) = bound > worst ? (bound, i) : (worst, at);
        }

        byMean[at] = -weights[at];
        bySpread[at] = optimism * weights[at];
        return -worst;
    }
}
