namespace HyperOpt.Samplers.GaussianProcess;

/// <summary>How much is to be hoped for where a model believes something; more is better. Knows nothing of points.</summary>
internal interface IAcquisition
{
    /// <summary>The value, and its derivatives.</summary>
    /// <param name="means">What each output is expected to be, in the terms of its model.</param>
    /// <param name="spreads">The standard deviations of that.</param>
    /// <param name="byMean">Gets the derivatives by the means.</param>
    /// <param name="bySpread">Gets those by the standard deviations.</param>
    double At(ReadOnlySpan<double> means, ReadOnlySpan<double> spreads, Span<double> byMean, Span<double> bySpread);
}
