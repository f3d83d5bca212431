using HyperOpt.Spaces;

namespace HyperOpt.Analysis;

/// <summary>How important one parameter is.</summary>
/// <param name="Parameter">The parameter, as it stands in the study's space.</param>
/// <param name="First">The share of the variance of the target over the space that this parameter explains alone (its first-order Sobol index), in [0,1].</param>
/// <param name="FirstError">The standard error of <paramref name="First"/>.</param>
/// <param name="Total">
/// The share in which it takes part, alone or with others (its total Sobol index), in [0,1]; what is explained jointly counts for each that takes part.
/// Of evaluators that know only one figure, <see cref="ImpurityImportance"/> and <see cref="PedAnovaImportance"/>, it is equal to <paramref name="First"/>.
/// </param>
/// <param name="TotalError">The standard error of <paramref name="Total"/>.</param>
public sealed record ParameterImportance(Parameter Parameter, double First, double FirstError, double Total, double TotalError);
