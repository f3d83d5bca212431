namespace HyperOpt.Samplers.GaussianProcess;

/// <summary>A place in the search for the best acquisition.</summary>
/// <param name="Coordinates">On all axes; on inactive ones, what they would be if they became active.</param>
/// <param name="Point">As it would be evaluated.</param>
/// <param name="Value">The acquisition there.</param>
internal readonly record struct SearchPoint(double[] Coordinates, double[] Point, double Value);
