namespace HyperOpt.Samplers.GaussianProcess;

/// <summary>An acquisition that takes the model to be surer than it is: when little time is left, what may be is worth less than what is expected.</summary>
/// <param name="inner">The acquisition.</param>
/// <param name="share">What part of the spread it sees. Above 0, for which most acquisitions have no derivatives.</param>
internal sealed class SurerAcquisition(IAcquisition inner, double share) : IAcquisition
{
    public double At(ReadOnlySpan<double> means, ReadOnlySpan<double> spreads, Span<double> byMean, Span<double> bySpread)
    {
        Span<double> less = stackalloc double[spreads.Length];
        for (var i = 0; i < less.Length; i++)
        {
            less[i] = share * spreads[i];
        }

        var value = inner.At(means, less, byMean, bySpread);
        for (var i = 0; i < less.Length; i++)
        {
            bySpread[i] *= share;
        }

        return value;
    }
}
