namespace HyperOpt.Samplers.Auto;

/// <summary>Which sampler proposes a trial.</summary>
internal enum AutoKind
{
    GaussianProcess,
    Tpe,
    CmaEs,
    Nsga,
}

/// <summary>A choice among samplers.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Why">Why, for people.</param>
internal sealed record AutoChoice(AutoKind Kind, string Why);
