namespace HyperOpt.Samplers.CmaEs;

/// <summary>The sampler's settings.</summary>
/// <param name="Population">λ of the first search; null: by the number of axes.</param>
/// <param name="Sigma">The initial σ.</param>
/// <param name="Restarts">What follows a search.</param>
/// <param name="AdaptsToNoise">Whether learning rates adapt.</param>
/// <param name="Begin">The number of the first trial that is its own.</param>
internal sealed record CmaEsSettings(int? Population, double Sigma, CmaEsRestarts Restarts, bool AdaptsToNoise, int Begin)
{
    /// <summary>With more dimensions only variances are learnt.</summary>
    public const int MostFull = 100;

    public int PopulationFor(SearchAxes axes) => Population
        ?? (axes.Finite == 0 ? Math.Max(4, StrategyConstants.PopulationFor(axes.Count, 0.75)) : StrategyConstants.PopulationFor(axes.Count));

    public static StrategyConstants ConstantsFor(SearchAxes axes, int population) => new(axes.Dimensions, population, axes.Dimensions > MostFull);
}
