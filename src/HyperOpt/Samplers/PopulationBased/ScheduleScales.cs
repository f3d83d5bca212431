namespace HyperOpt.Samplers.PopulationBased;

/// <summary>What the kernel of a schedule has to be told.</summary>
/// <param name="Length">How far one must go for the kernel to fall to e^-1/2.</param>
/// <param name="Forgetting">ε: after an interval the square of what is known is worth less by this share. From 0 to 1/2.</param>
/// <param name="Noise">The variance of the noise, in units of that of the signal.</param>
internal readonly record struct ScheduleScales(double Length, double Forgetting, double Noise)
{
    /// <summary>exp(-d²/2ℓ²) (1-ε)^(|t-t'|/2), section 4 of Parker-Holder et al. 2020, arXiv:2002.02518.</summary>
    /// <param name="distance">d².</param>
    /// <param name="time">t - t'.</param>
    public double Kernel(double distance, int time) =>
        Math.Exp(-0.5 * distance / (Length * Length) + 0.5 * Math.Abs(time) * Math.Log(1 - Forgetting));
}
