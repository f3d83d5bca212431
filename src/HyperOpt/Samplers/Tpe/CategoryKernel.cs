namespace HyperOpt.Samplers.Tpe;

/// <summary>
/// The kernel of an unordered axis: the observed category's share is raised by one observation over a uniform pseudo-count of 1/2 (n + 1)^-1 a category.
/// After Aitchison and Aitken 1976, 10.1093/biomet/63.3.413, with half of Optuna's smoothing, by our ablation: docs/samplers/tpe.md.
/// </summary>
internal static class CategoryKernel
{
    /// <summary>The share that is spread over all categories, of which the observed one gets its part too.</summary>
    public static double UniformShare(int observations, long categories)
    {
        var pseudo = 0.5 * categories / (observations + 1.0);
        return pseudo / (1 + pseudo);
    }

    /// <summary>The logarithm of a category's probability, relative to the uniform one: its factor on [0,1].</summary>
    public static double LogFactor(int observations, long categories, bool isObserved)
    {
        var share = UniformShare(observations, categories);
        return Math.Log(share + (isObserved ? (1 - share) * categories : 0));
    }
}
