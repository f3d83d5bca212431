namespace HyperOpt.Samplers.CmaEs;

/// <summary>What proposals are drawn from. Immutable.</summary>
/// <param name="Regime">The search it belongs to.</param>
/// <param name="Constants">Its rates.</param>
/// <param name="Gaussian">The ordered axes; null if there are none.</param>
/// <param name="Categories">The categorical ones.</param>
/// <param name="FirstRow">The first row of the history that is of this search.</param>
internal sealed record SearchState(Regime Regime, StrategyConstants Constants, Gaussian? Gaussian, CategoryModel Categories, int FirstRow = 0);
