namespace HyperOpt.Samplers.CmaEs;

/// <summary>How one search, from a start to a restart, is set up.</summary>
/// <param name="Number">How many restarts there were.</param>
/// <param name="Population">λ.</param>
/// <param name="Sigma">The initial σ.</param>
/// <param name="IsSmall">Whether it is one of BIPOP's small populations.</param>
/// <param name="Limit">After how many trials it is over, whatever it finds.</param>
internal sealed record Regime(int Number, int Population, double Sigma, bool IsSmall, long Limit)
{
    /// <summary>What a proposal says of it.</summary>
    public string Name => Number == 0 ? "cma-es" : FormattableString.Invariant($"cma-es, restart {Number}");
}
