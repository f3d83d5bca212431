namespace HyperOpt.Benchmarks.Quality;

/// <summary>How what the sampler is told differs from the true loss.</summary>
internal enum NoiseKind
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>A normal deviate is added.</summary>
    Normal,

    /// <summary>A deviate of Student's t with 2 degrees of freedom is added: no finite variance.</summary>
    HeavyTailed,
}
