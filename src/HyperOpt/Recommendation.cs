using System.Collections.Immutable;
using HyperOpt.Trials;

namespace HyperOpt;

/// <summary>Which configuration to use after a noisy search, and how sure that is.</summary>
/// <param name="Trial">The trial whose configuration is recommended; of several with that configuration the earliest.</param>
/// <param name="Mean">What to expect of another evaluation of it, in the study's direction.</param>
/// <param name="Low">The lower end of the interval that holds its true mean with 90 %, if the model does.</param>
/// <param name="High">The upper end.</param>
/// <param name="Evaluations">How often it was evaluated.</param>
/// <param name="Noise">The standard deviation of one evaluation, as estimated.</param>
/// <param name="Contenders">The recommended trial and the others, one for each configuration, that may be better: with more than 10 %, the best first. Evaluate these again.</param>
public sealed record Recommendation(
    FrozenTrial Trial, double Mean, double Low, double High, int Evaluations, double Noise, ImmutableArray<FrozenTrial> Contenders);
