using HyperOpt.Spaces;

namespace HyperOpt.Analysis;

/// <summary>How much two parameters explain that neither does alone.</summary>
/// <param name="One">The one that comes first in the study's space.</param>
/// <param name="Other">The other.</param>
/// <param name="Share">The share of the variance of the target over the space that is their interaction (a second-order Sobol index), in [0,1].</param>
/// <param name="Error">Its standard error.</param>
public sealed record PairImportance(Parameter One, Parameter Other, double Share, double Error);
