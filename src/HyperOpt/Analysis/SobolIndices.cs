namespace HyperOpt.Analysis;

/// <summary>What an evaluator finds, axis by axis.</summary>
/// <param name="First">For each axis the share of the variance that it explains alone.</param>
/// <param name="FirstErrors">Their standard errors.</param>
/// <param name="Total">For each axis the share that it takes part in.</param>
/// <param name="TotalErrors">Their standard errors.</param>
/// <param name="Pairs">For axes i &lt; j the share that only both together explain, and its standard error.</param>
/// <param name="Variance">The variance that the shares are of; NaN where there is none.</param>
/// <param name="Explained">How much of the variance of the trials' values a model explains of trials that it was not fitted to; NaN where there is no model.</param>
internal sealed record SobolIndices(
    double[] First, double[] FirstErrors, double[] Total, double[] TotalErrors, Dictionary<(int, int), (double Share, double Error)> Pairs, double Variance, double Explained);
