namespace HyperOpt.Samplers.GaussianProcess;

internal sealed class Certain(IAcquisition inner, double share) : IAcquisition
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
