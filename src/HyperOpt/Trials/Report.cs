using System.Collections.Immutable;

namespace HyperOpt.Trials;

/// <summary>An intermediate result of a trial.</summary>
/// <param name="Step">When: an epoch, a fold, a number of samples. At least 0.</param>
/// <param name="Values">One value for each objective, in the user's direction.</param>
public readonly record struct Report(int Step, ImmutableArray<double> Values);
