namespace HyperOpt;

/// <summary>Whether a configuration may be tried again. Matters in finite spaces only.</summary>
public enum DuplicatePolicy
{
    /// <summary>No configuration is tried twice until all have been.</summary>
    Avoid,

    /// <summary>A sampler may propose what was tried, for instance because the objective is noisy.</summary>
    Allow,
}
